"""Screens: the words around the photograph in a screenshot of a post, read with Tesseract where it is installed."""
