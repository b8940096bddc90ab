"""Reference sets of the size of an archive."""
