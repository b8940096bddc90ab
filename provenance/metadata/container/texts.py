"""What was written into the margins in plain text: comments, PNG text chunks, the time in a PNG."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from ...image.containers.gif import joined
from ...image.containers.structure import payload
from ...model.evidence import Fact
from ...model.image import Block, Image
from ...model.limits import Limits
from ...model.text import visible
from ..exif.text import decoded
from .cite import fact, of_kind
from .created import CREATED
from .generator import SIGNS, generated
from .png_text import iso_moment, png_texts

_COMMENTS = 50
_MORE_BYTES = 1024
"""Beyond the text that is kept: what stands before it, and the length bytes of a GIF's sub-blocks."""
_UTF16 = b"UNICODE\0"
# What tells that a generator's settings stand in an EXIF comment: in ASCII, and in UTF-16 of either order.
_SETTINGS = re.compile(
    b"|".join(
        re.escape(width.join(sign[at : at + 1] for at in range(len(sign))))
        for sign in (b"\nSteps: ", *(sign.encode() for sign in SIGNS))
        for width in (b"", b"\0")
    )
)
# ComfyUI puts its graphs into the tags Make and Model of a WebP (SaveAnimatedWEBP in comfy_extras/nodes_images.py).
_GRAPH = re.compile(r"(prompt|workflow):(?=\{)")
_GRAPH_BYTES = re.compile(rb"(?:prompt|workflow):\{")
_EXIF_BLOCKS, _EXIF_BYTES = 8, 2**20
_CLAIMED = ("Whoever wrote the file chose these words; where they are missing, that says nothing.",)


def texts(image: Image, limits: Limits) -> Iterator[Fact]:
    """Comments of JPEG and GIF, the text chunks and the time chunk of a PNG."""
    for block in of_kind(image, "comment")[:_COMMENTS]:
        text, notes = _comment(image, block, limits)
        yield fact(image, "file.comment", text, " ".join(text.replace("\0", " ").split()), block, notes=notes)
    told: dict[str, tuple[str, Block]] = {}
    for item in png_texts(image.data, of_kind(image, "text"), limits):
        if item.problem:
            yield fact(image, "png.problems", item.keyword, item.problem, item.block, statement=item.problem)
            continue
        key, statement = f"png.text.{visible(item.keyword)}", "The file holds a PNG text chunk."
        normal = (item.keyword.lower() in CREATED and iso_moment(item.text)) or " ".join(item.text.split())
        yield fact(image, key, item.text, normal, item.block, notes=item.notes, statement=statement)
        told.setdefault(item.keyword.lower(), (item.text, item.block))
    if told := told | _in_exif(image, limits):
        yield from _generators(image, told)
    for block in of_kind(image, "tIME")[:1]:
        if len(body := payload(image.data, block)) == 7:  # W3C PNG, 3rd edition, section 11.3.5.1: in UTC
            raw = "{:04}:{:02}:{:02} {:02}:{:02}:{:02}".format(*struct.unpack(">H5B", body))
            normal = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*struct.unpack(">H5B", body))
            yield fact(image, "png.modified", raw, normal, block)


def _in_exif(image: Image, limits: Limits) -> dict[str, tuple[str, Block]]:
    """Texts in EXIF that look like a generator's settings; the block is read for them alone."""
    for block in of_kind(image, "exif")[:_EXIF_BLOCKS]:
        start = block.payload_offset_bytes
        end = start + min(block.payload_length_bytes, _EXIF_BYTES)
        settings = _SETTINGS.search(image.data, start, end)
        if not settings and not _GRAPH_BYTES.search(image.data, start, end):
            continue
        from ..exif.reader import read

        values = read(payload(image.data, block), limits).values
        told = {}
        if settings and "exif.UserComment" in values:
            told["usercomment"] = values["exif.UserComment"].raw, block
        for key in ("exif.Make", "exif.Model"):
            if key in values and (found := _GRAPH.match(values[key].raw)):
                told[found[1]] = values[key].raw[found.end() :], block
        if told:
            return told
    return {}


def _generators(image: Image, told: dict[str, tuple[str, Block]]) -> Iterator[Fact]:
    for found in generated({keyword: text for keyword, (text, _) in told.items()}):
        block = told[found.keyword][1]
        said = (("name", found.name), ("model", found.model), ("prompt", found.prompt))
        for key, value in said:
            if value:
                statement = f"A text in the file has the form in which {found.name} keeps its settings."
                yield fact(image, f"generator.{key}", value, value, block, notes=_CLAIMED, statement=statement)


def _comment(image: Image, block: Block, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """A comment's text; of a GIF's, joined from sub-blocks that carry their length in front (GIF89a section 15)."""
    data = payload(image.data, block, most=2 * limits.text_chars + _MORE_BYTES)
    if data.startswith(_UTF16) and block.name == "APP10":
        data, most = data[len(_UTF16) :], 2 * limits.text_chars
        text = data[:most].decode("utf-16-be", "replace")
        notes: tuple[str, ...] = ()
    else:
        packed = image.structure.media_type == "image/gif" and block.payload_offset_bytes == block.offset_bytes + 2
        data, most = joined(data) if packed else data, limits.text_chars
        text, notes = decoded(data[:most])
    return (text, notes) if len(data) <= most else (text, (*notes, f"Cut after {len(text):,} characters."))
