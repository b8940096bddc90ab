"""What a terminal shows: a report, a comparison, a file, a place, the sun, what changed."""
