"""EXIF blocks: taken apart, read tag by tag, and what the tags claim."""
