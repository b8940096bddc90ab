"""What to do next: every kind of step, where it can start, and which come first."""
