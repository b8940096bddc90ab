"""Reference sets: which to search, filling them, bringing them up to date, sharing them."""
