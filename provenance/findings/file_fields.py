"""Fields of one file that say different things in words: the place and the author by IPTC and by XMP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.evidence import Claim, Evidence
from ..model.finding import Conflict
from ..model.source import SourceKind
from ..model.text import visible
from .file_differences import folded
from .file_times import same_file

# Programs write both from one form (Metadata Working Group: Guidelines for Handling Image Metadata, 2.0, section 5).
_PLACE = ("IPTC City/Province/Country", "XMP photoshop:City/State/Country")
_AUTHOR = ("IPTC By-line", "XMP dc:creator")
_SHOWN_CHARS = 80


def fields_apart(items: Sequence[Evidence]) -> Iterator[Conflict]:
    """IPTC against XMP of one file, where the words have nothing in common; another script is no contradiction."""
    claims = [item for item in items if isinstance(item, Claim) and item.source.kind is SourceKind.FILE]
    for (first_basis, second_basis), what, dimension in ((_PLACE, "places", "place"), (_AUTHOR, "authors", "")):
        for first in (item for item in claims if item.basis == first_basis):
            for second in (item for item in claims if item.basis == second_basis):
                one, other = _words(first), _words(second)
                if same_file(first, second) and _differ(one, other):
                    text = (
                        f"Fields of the file name different {what}: {visible(one, limit=_SHOWN_CHARS)} "
                        f"({first.basis}) and {visible(other, limit=_SHOWN_CHARS)} ({second.basis})."
                    )
                    yield Conflict(first=first.id, second=second.id, text=text, dimension=dimension)


def _words(claim: Claim) -> str:
    """The narrowest name of a place, or the words of the claim."""
    return claim.place.name.partition(",")[0].strip() if claim.place else claim.quote


def _differ(one: str, other: str) -> bool:
    """Whether two names share no part. IPTC cuts its fields after 32 letters, and adds agencies to authors."""
    first, second = folded(one), folded(other)
    if not first or not second or first.isascii() is not second.isascii():
        return False
    parts = [part.strip() for text in (first, second) for part in text.replace("/", ";").split(";")]
    return not any(part and part in first and part in second for part in parts)
