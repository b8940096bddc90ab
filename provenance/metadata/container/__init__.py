"""What the container itself says: type, size, parts, coding, texts, colour profile."""
