"""How files of a type are named: the endings that go with each media type."""

from __future__ import annotations

from types import MappingProxyType

from ...image.containers import raw_types as raw
from ...image.containers import sniff

EXTENSIONS = MappingProxyType(
    {
        sniff.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".jps", ".thm"),
        sniff.PNG: (".png", ".apng"),
        sniff.WEBP: (".webp",),
        sniff.GIF: (".gif",),
        sniff.TIFF: (".tif", ".tiff", ".btf", ".tf8"),
        sniff.BMP: (".bmp", ".dib"),
        sniff.HEIF: (".heic", ".heif", ".hif", ".heics", ".heifs"),
        sniff.AVIF: (".avif", ".avifs", ".heif"),
        sniff.PSD: (".psd", ".psb", ".psdt"),
        sniff.JXL: (".jxl",),
        sniff.JP2: (".jp2", ".jpx", ".j2k", ".jpf", ".j2c", ".jpm", ".jpc"),
        sniff.ICO: (".ico", ".cur"),
        sniff.JXR: (".jxr", ".wdp", ".hdp"),
        raw.CR2: (".cr2", ".tif"),
        raw.CR3: (".cr3",),
        raw.CRW: (".crw",),
        raw.NEF: (".nef", ".nrw"),
        raw.NRW: (".nrw", ".nef"),
        raw.ARW: (".arw", ".sr2", ".srf", ".arq"),
        raw.DNG: (".dng", ".tif", ".tiff", ".gpr"),
        raw.PEF: (".pef",),
        raw.SRW: (".srw",),
        raw.RW2: (".rw2", ".rwl", ".raw"),
        raw.RAW: (".raw", ".rw2", ".rwl"),
        raw.ORF: (".orf", ".ori"),
        raw.RAF: (".raf",),
        raw.MRW: (".mrw",),
        raw.X3F: (".x3f",),
        raw.HASSELBLAD: (".3fr", ".fff"),
        raw.PHASE_ONE: (".iiq", ".tif"),
        raw.EPSON: (".erf",),
        raw.KODAK: (".dcr", ".kdc", ".k25"),
        raw.KYOCERA: (".raw",),
    }
)
"""Media type to lower-case endings; a type that is not here is not held to any."""
