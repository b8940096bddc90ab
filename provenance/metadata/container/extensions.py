"""How files of a type are named: the endings that go with each media type."""

from __future__ import annotations

from types import MappingProxyType

from ...image import sniff

EXTENSIONS = MappingProxyType(
    {
        sniff.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".jps", ".thm"),
        sniff.PNG: (".png", ".apng"),
        sniff.WEBP: (".webp",),
        sniff.GIF: (".gif",),
        sniff.TIFF: (".tif", ".tiff", ".btf", ".tf8", ".dng", ".nef", ".arw", ".cr2", ".pef", ".srw", ".3fr", ".iiq"),
        sniff.BMP: (".bmp", ".dib"),
        sniff.HEIF: (".heic", ".heif", ".hif", ".heics", ".heifs"),
        sniff.AVIF: (".avif", ".avifs", ".heif"),
        sniff.PSD: (".psd", ".psb", ".psdt"),
        sniff.JXL: (".jxl",),
        sniff.JP2: (".jp2", ".jpx", ".j2k", ".jpf", ".j2c", ".jpm", ".jpc"),
    }
)
"""Media type to lower-case endings; a type that is not here is not held to any."""
