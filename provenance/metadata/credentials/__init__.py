"""Content Credentials (C2PA): who signed what, and whether it still holds."""
