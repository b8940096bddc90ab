"""The nouns: frozen, typed, no input or output. Every other room may import this one; it imports none."""
