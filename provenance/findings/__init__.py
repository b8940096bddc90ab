"""Weighs evidence into answers: a file per question, and the algebra they share. Never looks at a pixel."""
