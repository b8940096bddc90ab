"""Finds the picture among reference pictures and says what such a search can and cannot see."""
