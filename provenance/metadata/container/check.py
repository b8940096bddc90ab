"""Check "container": what kind of file it is, its size and parts, how it was coded, and what stands in its margins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from ...image.structure import payload
from ...model.context import Context
from ...model.evidence import Evidence, Fact, Trace
from ...model.image import Block, Image
from ...model.limits import Limits
from ...model.outcome import Outcome, Ran
from ...model.source import Source, SourceKind
from ...model.text import visible
from ..exif.text import decoded
from ..topics import topic
from . import jpeg_coding
from .icc import description, profile
from .png_text import png_texts

METHOD = "container"
SOURCE = Source(kind=SourceKind.FILE, name="the file's structure", origin="file")
_EXTENSIONS = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    "image/png": (".png", ".apng"),
    "image/webp": (".webp",),
    "image/gif": (".gif",),
    "image/tiff": (".tif", ".tiff", ".dng", ".nef", ".arw", ".cr2", ".pef", ".srw", ".3fr", ".iiq"),
    "image/bmp": (".bmp", ".dib"),
    "image/heif": (".heic", ".heif", ".hif", ".heics", ".heifs"),
    "image/avif": (".avif", ".avifs", ".heif"),
    "image/vnd.adobe.photoshop": (".psd", ".psb"),
    "image/jxl": (".jxl",),
    "image/jp2": (".jp2", ".jpx", ".j2k", ".jpf", ".j2c"),
}
_KINDS_LISTED = 24
_COMMENTS = 50


def check(image: Image, context: Context) -> Outcome:
    """Facts on type, size, parts, coding, texts and colour profile; traces on a wrong extension and trailing bytes."""
    found: list[Evidence] = [
        *_file(image),
        *_extension(image),
        *_trailers(image),
        *_coding(image),
        *_texts(image, context.limits),
        *_profile(image, context.limits),
    ]
    found.extend(
        _fact("file.problems", "", problem, None, statement=problem)
        for problem in dict.fromkeys(image.structure.problems)
    )
    return Ran(evidence=tuple(found))


def _fact(
    key: str, raw: str, normal: str, block: Block | None, notes: tuple[str, ...] = (), *, statement: str = ""
) -> Fact:
    return Fact(
        source=SOURCE,
        statement=statement or f"Read from the file's structure: {topic(key).label}.",
        method=METHOD,
        limits=notes,
        key=key,
        raw=raw,
        normal=normal,
        block=block.kind if block else "file",
        offset_bytes=block.payload_offset_bytes if block else 0,
        length_bytes=block.payload_length_bytes if block else 0,
        block_sha256=block.sha256 if block else "",
    )


def _of_kind(image: Image, kind: str) -> list[Block]:
    return [block for block in image.structure.blocks if block.kind == kind]


def _file(image: Image) -> Iterator[Fact]:
    structure = image.structure
    yield _fact("file.type", image.original.media_type, image.original.media_type, None)
    if structure.width_px and structure.height_px:
        size = f"{structure.width_px} x {structure.height_px}"
        yield _fact("file.size", size, size, None)
    if structure.frames > 1:
        yield _fact("file.frames", str(structure.frames), str(structure.frames), None)
    kinds = Counter(block.kind for block in structure.blocks)
    if kinds:
        shown = [f"{count} x {kind}" if count > 1 else kind for kind, count in list(kinds.items())[:_KINDS_LISTED]]
        more = [f"{len(kinds) - _KINDS_LISTED} further kinds"] if len(kinds) > _KINDS_LISTED else []
        yield _fact("file.blocks", str(len(structure.blocks)), ", ".join(shown + more), None)


def _extension(image: Image) -> Iterator[Trace]:
    extension = PurePath(image.original.name).suffix.lower()
    expected = _EXTENSIONS.get(image.original.media_type, ())
    if not extension or not expected or extension in expected:
        return
    yield Trace(
        source=SOURCE,
        statement=f"The file's name ends as another type does; by its content it is {image.original.media_type}.",
        method=METHOD,
        limits=("Whoever stored or sent the file may have named it; the name is no part of the picture.",),
        topic="extension",
        value=f"{visible(extension, limit=20)} on {image.original.media_type}",
    )


def _trailers(image: Image) -> Iterator[Trace]:
    for block in _of_kind(image, "trailer"):
        yield Trace(
            source=SOURCE,
            statement=(
                f"Behind the end of the picture stand {block.length_bytes:,} bytes more, "
                f"from byte {block.offset_bytes:,}."
            ),
            method=METHOD,
            limits=("Phones put short films and depth maps there, and anybody can append anything.",),
            topic="trailing data",
            value=f"{block.length_bytes} bytes at {block.offset_bytes}, sha256 {block.sha256}",
        )


def _coding(image: Image) -> Iterator[Fact]:
    if image.structure.media_type != "image/jpeg":
        return
    for frame in _of_kind(image, "frame")[:1]:
        yield _fact("jpeg.process", frame.name, jpeg_coding.process(frame.name), frame)
        raw, words = jpeg_coding.subsampling(payload(image.data, frame))
        if raw:
            yield _fact("jpeg.subsampling", raw, words, frame)
    segments = _of_kind(image, "quantisation")
    tables = jpeg_coding.tables(payload(image.data, block) for block in segments)
    if tables:
        numbers = "; ".join(" ".join(map(str, tables[number])) for number in sorted(tables))
        limits = ("Programs other than libjpeg use its tables too, and number their qualities differently.",)
        yield _fact("jpeg.quality", numbers, jpeg_coding.quality(tables), segments[0], limits)
        yield _fact("jpeg.tables", numbers, jpeg_coding.tables_digest(tables), segments[0])


def _texts(image: Image, limits: Limits) -> Iterator[Fact]:
    for block in _of_kind(image, "comment")[:_COMMENTS]:
        text, notes = decoded(_comment(image, block)[: limits.text_chars])
        yield _fact("file.comment", text, " ".join(text.replace("\0", " ").split()), block, notes)
    for item in png_texts(image.data, _of_kind(image, "text"), limits):
        if item.problem:
            yield _fact("png.problems", item.keyword, item.problem, item.block, statement=item.problem)
            continue
        key, statement = f"png.text.{visible(item.keyword)}", "The file holds a PNG text chunk."
        yield _fact(key, item.text, " ".join(item.text.split()), item.block, item.notes, statement=statement)


def _comment(image: Image, block: Block) -> bytes:
    """A comment's bytes; of a GIF's, joined from sub-blocks that carry their length in front (GIF89a section 15)."""
    data = payload(image.data, block)
    if image.structure.media_type != "image/gif" or block.payload_offset_bytes != block.offset_bytes + 2:
        return data
    parts, at = [], 0
    while at < len(data):
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(parts)


def _profile(image: Image, limits: Limits) -> Iterator[Fact]:
    blocks = _of_kind(image, "icc")
    if not blocks:
        return
    data, problem = profile(image.data, blocks, image.structure.media_type, limits)
    if problem:
        yield _fact("icc.problems", "", problem, blocks[0], statement=problem)
    elif name := description(data):
        yield _fact("icc.description", name, " ".join(name.split()), blocks[0])
