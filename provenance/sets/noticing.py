"""Tells an old check that a copy of its picture has come into a set, or is in it already.

Pictures are compared by their bytes and by the hashes of their whole frames, as they lie. Copies that were mirrored,
turned, cut or pasted into others are found when the earlier picture is checked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..fingerprint import gradients, perceptual
from ..fingerprint.whole_frame import Turn, distance_bits
from ..matching.earlier import read_past
from ..matching.found import AS_IT_IS
from ..model.earlier import PastCheck
from ..model.record import Fingerprint
from ..model.text import visible
from ..reference.reference_set import ReferenceSet

LIMITS = (
    "Compared were the bytes and the whole frame as it lies. Copies that were mirrored, turned, cut or pasted into "
    "another picture are found when the earlier picture is checked again."
)
_PAGE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A picture of a set that is a copy of one that was checked earlier."""

    image_id: str
    name: str
    earlier_id: str
    distance_bits: int
    """Of perceptual.BITS; 0 also for the same file."""
    past: PastCheck | None
    """The latest check of that picture."""

    @property
    def words(self) -> str:
        """As a sentence."""
        how = "the same file as" if self.image_id == self.earlier_id else "a copy of"
        said = f"{visible(self.name, limit=80) or self.image_id[:12]} is {how} a picture that was checked"
        if self.past is None:
            return f"{said} earlier ({self.earlier_id[:12]})."
        name = f" as {visible(self.past.name, limit=80)}" if self.past.name else ""
        report = f" Its report: {visible(self.past.report)}." if self.past.report else ""
        return f"{said}{name} on {self.past.at} ({visible(self.past.overall or 'no answer')}).{report} Check it again."


def noticed(earlier: ReferenceSet, pictures: Iterable[tuple[str, str, Sequence[Fingerprint]]]) -> list[Notice]:
    """Of pictures that came into a set (id, name, fingerprints), those that are copies of earlier checks' pictures.

    Raises ReferenceSetError.
    """
    found: dict[tuple[str, str], Notice] = {}
    for image_id, name, made in pictures:
        for earlier_id, bits in _copies(earlier, image_id, made):
            stored = earlier.get([earlier_id])
            past = [one for record in stored[0].records if (one := read_past(record))] if stored else []
            latest = max(past, key=lambda one: one.at, default=None)
            found[image_id, earlier_id] = Notice(
                image_id=image_id, name=name, earlier_id=earlier_id, distance_bits=bits, past=latest
            )
    return list(found.values())


def in_both(earlier: ReferenceSet, store: ReferenceSet) -> set[tuple[str, str]]:
    """Pairs of a picture of an earlier check and its copy in the set. Raises ReferenceSetError."""
    pairs = set[tuple[str, str]]()
    for page in _pages(earlier):
        codes = earlier.fingerprints(page)
        pairs |= {
            (image_id, there) for image_id in page for there, _ in _copies(store, image_id, codes.get(image_id, ()))
        }
    return pairs


def told(earlier: ReferenceSet, store: ReferenceSet, pairs: Iterable[tuple[str, str]]) -> list[Notice]:
    """Those of the pairs whose copy came into the set no sooner than the last check of the picture was made.

    Raises ReferenceSetError.
    """
    notices: list[Notice] = []
    for earlier_id, image_id in sorted(pairs):
        made = store.fingerprints([image_id]).get(image_id, ())
        for stored in store.get([image_id]):
            found = noticed(earlier, [(image_id, stored.reference.name, made)])
            notices += [
                one
                for one in found
                if one.earlier_id == earlier_id and (one.past is None or _later(stored.added_at, one.past.at))
            ]
    return notices


def _later(added_at: str, checked_at: str) -> bool:
    """Whether a picture was added after that check, or in its second: times are whole seconds, and a line too many
    costs less than one too few. True where a time cannot be read.
    """
    try:
        return datetime.fromisoformat(added_at) >= datetime.fromisoformat(checked_at)
    except (ValueError, TypeError):
        return True


def _copies(store: ReferenceSet, image_id: str, made: Sequence[Fingerprint]) -> Iterator[tuple[str, int]]:
    """Pictures of the set that are copies of this one, each with its distance in bits."""
    if store.has(image_id):
        yield image_id, 0
    codes = {one.name: one.code for one in made if one.searchable}
    if perceptual.NAME not in codes:
        return
    first = codes[perceptual.NAME]
    turn = Turn(words=AS_IT_IS, frequencies=first, gradients=codes.get(gradients.NAME, b""))
    hits = store.near([first], perceptual.NAME, perceptual.RADIUS_BITS)[0]
    others = store.fingerprints([hit.image_id for hit in hits[:_PAGE]])
    for hit in hits[:_PAGE]:
        second = {one.name: one.code for one in others.get(hit.image_id, ())}.get(gradients.NAME, b"")
        apart = distance_bits(turn.gradients, second) if second and turn.gradients else None
        if hit.image_id != image_id and turn.matches(hit.distance_bits, apart):
            yield hit.image_id, hit.distance_bits


def _pages(store: ReferenceSet) -> Iterator[list[str]]:
    after = ""
    while page := list(store.lacking(("",), after=after, limit=_PAGE)):  # there is no fingerprint without a name
        yield page
        after = page[-1]
