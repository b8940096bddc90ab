"""A Report shown three ways: a few lines in a terminal, JSON for machines, one HTML file for a desk and its readers."""
