"""IPTC-IIM records and Photoshop image resources."""
