"""A packet's text into properties: expat under defusedxml's guard, one mending and no more, never an exception."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from ...model.limits import Limits
from .namespaces import PREFIXES
from .placing import Property
from .rdf import Reader, RefusedError

FORBIDDEN = "The XMP packet declares a document type or entities, which no XMP needs; it was refused."
# Slips of one kind that are mended; a packet with more is no program's slip.
MOST_FAULTS = 10_000
MISREAD = "The packet holds bytes that are not UTF-8; they were read as Windows-1252."
REPAIRED = "The packet was not well-formed XML and was repaired: "
_WRAPPER = "provenance-packet"
# What XML 1.0 (section 2.2) does not allow at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile("[\udc80-\udcff]+")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_HEADS = re.compile(r"<\?xml\s[^<>?]{0,120}\?>")
_PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
# "<exif:TIFF/EPStandardID>", as programs that name elements after libexif's titles write.
_SLASHED = re.compile(r"(</?[A-Za-z_][\w.-]{0,60}:[A-Za-z_][\w.-]{0,60})/(?=[\w.-]{1,60}>)")
_MOST_PREFIXES, _MOST_PREFIXES_SEEN = 200, 50_000
# As Adobe's first versions called them (XMP specification, January 2004).
_OLD_PREFIXES = {
    "xap": "http://ns.adobe.com/xap/1.0/",
    "xapMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xapRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xapBJ": "http://ns.adobe.com/xap/1.0/bj/",
    "xapG": "http://ns.adobe.com/xap/1.0/g/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """The properties of one packet in its order, and what was broken or refused, each a sentence."""

    properties: tuple[Property, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """One run of the parser: what it read, why the XML broke off, why the packet was refused ("" where not)."""

    reader: Reader
    broken: str = ""
    refused: str = ""


def read(text: str, limits: Limits) -> Packet:
    """The properties of a packet that `packet_text` has let through; what stands before a break is kept."""
    text = text.strip("\0\ufeff \t\r\n")
    if not text:
        return Packet()
    misread = _ESCAPED.search(text) is not None
    text = _ESCAPED.sub(_eight_bit, text, count=MOST_FAULTS) if misread else text
    if text.count('="') + text.count("='") > limits.xml_elements:
        return Packet(problems=("The XMP packet holds too many attributes; it was refused.",))
    first = attempt = _attempt(text, limits)
    note = ""
    if attempt.broken and not attempt.refused:
        mended, steps = _mended(text)
        second = _attempt(mended, limits) if steps else first
        if len(second.reader.found) >= len(first.reader.found) and second is not first:
            attempt, note = second, f"{REPAIRED}{', '.join(steps)}."
    problems = [attempt.refused] if attempt.refused else []
    if attempt.broken and not attempt.refused:
        problems.append(f"The XMP packet is not well-formed ({attempt.broken}); what stands before the break was read.")
    found = attempt.reader.properties()
    if note:
        found = tuple(replace(one, notes=(*one.notes, note)) for one in found)
    if misread:
        found = tuple(one if one.value.isascii() else replace(one, notes=(*one.notes, MISREAD)) for one in found)
    return Packet(properties=found, problems=tuple(problems))


def _attempt(text: str, limits: Limits) -> _Attempt:
    from xml.parsers.expat import ExpatError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    reader = Reader(limits)
    parser = DefusedXMLParser(target=_Nothing(), encoding="utf-8", forbid_dtd=True).parser
    parser.buffer_text = True
    parser.ordered_attributes = False
    parser.DefaultHandlerExpand = None
    parser.StartNamespaceDeclHandler = reader.binds
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except ExpatError as error:
        return _Attempt(reader=reader, broken=str(error).replace(": line", " in line"))
    except RefusedError as refused:
        return _Attempt(reader=reader, refused=str(refused))
    except DefusedXmlException:
        return _Attempt(reader=reader, refused=FORBIDDEN)
    return _Attempt(reader=reader)


class _Nothing:
    """The tree that defusedxml's parser would build: none."""

    def close(self) -> None:
        """Nothing to close."""


def _mended(text: str) -> tuple[str, list[str]]:
    """The text with the known slips of writers put right, and what was done; every step is one linear pass."""
    steps = []
    cleaned = _REFERENCE.sub(_allowed, _FORBIDDEN.sub("", text, count=MOST_FAULTS), count=MOST_FAULTS)
    if cleaned != text:
        text = cleaned
        steps.append("characters that XML forbids taken out")
    escaped = _BARE_AMPERSAND.sub("&amp;", text, count=MOST_FAULTS)
    if escaped != text:
        text = escaped
        steps.append("bare ampersands escaped")
    renamed = _SLASHED.sub(r"\1-", text, count=MOST_FAULTS)
    if renamed != text:
        text = renamed
        steps.append("slashes in names of elements replaced")
    bound = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _used(text).items())
    wrapped = f"<{_WRAPPER}{bound}>{_HEADS.sub('', text, count=MOST_FAULTS)}</{_WRAPPER}>"
    return wrapped, steps or ["unbound prefixes and parts beside the root taken as they stand"]


def _eight_bit(escaped: re.Match[str]) -> str:
    return escaped[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _allowed(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return reference[0] if code <= 0x10FFFF and code and not _FORBIDDEN.match(chr(code)) else ""


def _used(text: str) -> dict[str, str]:
    """The prefixes in a packet, each with the namespace it mostly stands for, for where the packet binds it to none."""
    known = {prefix: uri for uri, prefix in PREFIXES.items()} | _OLD_PREFIXES
    used = dict.fromkeys(match[1] for match in islice(_PREFIX.finditer(text), _MOST_PREFIXES_SEEN))
    names = [prefix for prefix in used if not prefix.lower().startswith("xml")][:_MOST_PREFIXES]
    return {prefix: known.get(prefix, f"unbound:{prefix}") for prefix in names}
