"""The map of a report: claims, evidence and distances on coasts and borders, drawn offline."""
