"""Whether a picture carries the noise pattern of a sensor (photo-response non-uniformity)."""
