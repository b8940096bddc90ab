"""What the file says of itself: EXIF, container facts, text chunks, Content Credentials; never whether it is true."""
