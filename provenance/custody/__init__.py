"""Bytes to digests, an event list, and folders written whole or not at all; knows nothing of images."""
