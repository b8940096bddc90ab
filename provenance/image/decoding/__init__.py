"""Pixels, and the coefficients of a JPEG, from processes of their own, under limits."""
