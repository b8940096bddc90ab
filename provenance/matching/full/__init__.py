"""Two pictures laid on one another at full resolution: where they differ, and whether that is another moment."""
