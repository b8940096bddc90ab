"""What the file readers recover of the facts that ExifTool finds, beside exifread and Pillow, and at what cost."""
