"""Asks the outside, only when told to: one file speaks HTTP, and no file of it speaks by itself."""
