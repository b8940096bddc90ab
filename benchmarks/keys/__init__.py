"""Our facts under the keys and normal forms of the metadata benchmark, one file a kind of block."""

from benchmarks.keys import container, credentials, exif, iptc, xmp

__all__ = ["container", "credentials", "exif", "iptc", "xmp"]
