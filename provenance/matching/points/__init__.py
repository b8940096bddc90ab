"""Two pictures laid on one another by their points: paired, fitted, and how far they agree."""
