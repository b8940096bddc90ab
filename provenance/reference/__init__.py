"""Keeps records and fingerprints of pictures; stores codes and never sees pixels. Engines are chosen by URL."""
