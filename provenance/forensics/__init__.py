"""What pixels and coding betray of changes to the picture after capture."""
