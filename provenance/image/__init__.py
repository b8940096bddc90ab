"""Path in, Image out: the only room that opens a picture file or decodes a pixel."""
