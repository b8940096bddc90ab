"""Dates in text: what a post, a caption or a screen says of when; intervals, and every reading where there are two."""
