"""Figures of a report: matches, differences, thumbnails, the structure of a file, the chain of credentials."""
