"""Pairs of pictures, altered and not, and what the comparison says of them."""
