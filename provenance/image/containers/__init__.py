"""Container formats walked without decoding a pixel: their blocks, and what stands in them."""
