"""Local features: points of a picture with what surrounds them; they survive crops, turns, captions, screenshots."""
