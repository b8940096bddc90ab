"""XMP packets: under limits, as properties with qualified names."""
