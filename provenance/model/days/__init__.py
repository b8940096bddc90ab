"""Days as people write them, and the calendars in which they do."""
