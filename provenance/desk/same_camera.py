"""A second stage: the noise pattern of a picture against that of cameras whose pictures the reference sets hold.

The sets keep no tags, so the files of pictures of the same size are read for them where they lie. A camera counts from
five pictures on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..errors import InputError
from ..image.load import inspect
from ..metadata.exif import check as exif
from ..model.context import Context
from ..model.evidence import Fact
from ..model.image import Image, WorkingCopy
from ..model.limits import Limits
from ..model.matches import Answer, Match, Reference
from ..model.outcome import CheckRun, Outcome, Ran, Skipped
from ..model.record import ReferenceStore
from .running import OUT_OF_TIME, failed_by

NAME = "same-camera"
MOST_READ = 40
"""Files of the same size that are read for their tags."""
MOST_CAMERAS, MOST_PICTURES = 2, 8
"""Each picture of a camera takes its decoding and about half a second."""
_KEYS = ("exif.Make", "exif.Model", "exif.BodySerialNumber")
_NONE = "no camera has five pictures of the size of this one, with its name in their tags, in the reference sets"
_REMEDY = "add at least five untouched pictures of the camera to a reference set, and keep the files where they are"
Picture = Callable[[Reference], tuple[WorkingCopy | None, str]]


def same_camera(
    runs: Sequence[CheckRun],
    image: Image,
    stores: Sequence[ReferenceStore],
    picture: Picture,
    *,
    limits: Limits,
    now: datetime,
    left_s: Callable[[], float | None],
) -> CheckRun:
    """The run of this stage. Nothing that breaks in it takes the report with it."""
    try:
        outcome = _outcome(runs, image, _Sets(stores=stores, picture=picture, now=now, limits=limits, left_s=left_s))
    except Exception as error:  # as for the checks: the report shows it
        outcome = failed_by(error)
    return CheckRun(check=NAME, outcome=outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sets:
    stores: Sequence[ReferenceStore]
    picture: Picture
    limits: Limits
    now: datetime
    left_s: Callable[[], float | None]

    def context(self) -> Context:
        """For reading tags alone."""
        return Context(now=self.now, limits=self.limits, claims=False)


def _outcome(runs: Sequence[CheckRun], image: Image, sets: _Sets) -> Outcome:
    from ..forensics.noise_pattern.told import LEAST_PICTURES, LEAST_SIDE_PX, compared

    copy = image.working_copy
    if copy is None:
        refusal = image.refusal
        return Skipped(reason=refusal.reason if refusal else "no pixels", remedy=refusal.remedy if refusal else "")
    if min(copy.width_px, copy.height_px) < LEAST_SIDE_PX:
        return Skipped(reason=f"a side is below {LEAST_SIDE_PX} pixels", remedy="ask for the original file")
    context = sets.context()
    same_shot = {image.original.sha256, *_copies(runs)}
    cameras: dict[str, list[Reference]] = {}
    for reference in _same_size(sets.stores, copy):
        if sets.left_s() == 0:
            return OUT_OF_TIME
        named = camera(reference, context) if reference.image_id not in same_shot else ""
        if named:
            cameras.setdefault(named, []).append(reference)
    read = next((run.outcome for run in runs if run.check == "exif"), None)
    own = _named(exif.check(image, context) if read is None else read)
    known = sorted(
        ((name, taken) for name, taken in cameras.items() if len(taken) >= LEAST_PICTURES),
        key=lambda one: (one[0] != own, -len(one[1]), one[0]),
    )
    if not known:
        return Skipped(reason=_NONE, remedy=_REMEDY)
    told = [compared(copy, _pixels(taken, sets.picture), name) for name, taken in known[:MOST_CAMERAS]]
    traces = tuple(one for one in told if not isinstance(one, str))
    return Ran(evidence=traces) if traces else Skipped(reason=str(told[0]), remedy=_REMEDY)


def _copies(runs: Sequence[CheckRun]) -> Iterator[str]:
    for run in runs:
        for item in run.outcome.evidence if isinstance(run.outcome, Ran) else ():
            if isinstance(item, Match) and item.answer in (Answer.COPY, Answer.SAME_SCENE):
                yield item.reference.image_id


def _same_size(stores: Sequence[ReferenceStore], copy: WorkingCopy) -> Iterator[Reference]:
    seen: set[str] = set()
    for store in stores:
        for reference in store.of_size(copy.width_px, copy.height_px, MOST_READ):
            if reference.image_id not in seen and len(seen) < MOST_READ:
                seen.add(reference.image_id)
                yield reference


def camera(reference: Reference, context: Context) -> str:
    """Make, model and serial number by the tags of the file at its place; "" where it is gone or names none."""
    if not reference.path:
        return ""
    try:
        found = inspect(Path(reference.path), context.limits)
    except InputError:
        return ""
    return _named(exif.check(found, context)) if found.original.sha256 == reference.image_id else ""


def _named(outcome: Outcome) -> str:
    facts = [item for item in outcome.evidence if isinstance(item, Fact)] if isinstance(outcome, Ran) else []
    said = {fact.key: fact.normal.strip() for fact in reversed(facts)}
    if not said.get("exif.Model"):
        return ""
    return " ".join(filter(None, (said.get(key, "") for key in _KEYS)))


def _pixels(taken: Sequence[Reference], picture: Picture) -> Iterator[WorkingCopy]:
    for reference in taken[:MOST_PICTURES]:
        pixels, _ = picture(reference)
        if pixels is not None:
            yield pixels
