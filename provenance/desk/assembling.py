"""Puts a report together from a picture and what the checks found, with the events on the way."""

from __future__ import annotations

import platform
import sys
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as distributed

import PIL

from .._version import __version__
from ..custody.events import EventList
from ..findings.people import in_report, set_aside_by, weigh_reviewed
from ..findings.steps.ranked import next_steps
from ..model.evidence import Evidence
from ..model.finding import Question
from ..model.image import Image
from ..model.matches import Search
from ..model.noted import Review
from ..model.outcome import CheckRun, Ran
from ..model.report import Pixels, Report, Tool
from ..report.linter import complaints

LIBRARIES = ("imagehash", "exifread", "numpy", "cv2", "scipy", "geographiclib")
"""Whose version can change an answer; those that took part are named in the report."""
_OF_SOME_PICTURES = "exifread"


def assemble(
    image: Image,
    runs: tuple[CheckRun, ...],
    questions: tuple[Question, ...],
    events: EventList,
    *,
    clock: str,
    settings: dict[str, object],
    reviews: tuple[Review, ...] = (),
) -> Report:
    """Weigh the evidence into findings and bind everything into one value."""
    evidence = all_evidence(runs)
    reviews = in_report(reviews, evidence, questions)
    weighed = weigh_reviewed(evidence, runs, questions, reviews)
    aside = set_aside_by(reviews, evidence)
    counted = tuple(item for item in evidence if item.id not in aside)
    events.append("reported", f"{len(evidence)} items of evidence, {len(weighed.findings)} findings")
    copy = image.working_copy
    report = Report(
        tool=_tool(),
        made_at=events.all()[-1].at,
        clock=clock,
        original=image.original,
        structure=image.structure,
        pixels=None if copy is None else Pixels(width_px=copy.width_px, height_px=copy.height_px, steps=copy.steps),
        refusal=image.refusal,
        overall=weighed.overall,
        findings=weighed.findings,
        claims=weighed.claims,
        checks=runs,
        evidence=evidence,
        events=events.all(),
        reviews=reviews,
        settings={"questions": [question.value for question in questions], **settings},
        next_steps=next_steps(weighed.findings, counted, runs),
    )
    return replace(report, wording=tuple(map(str, complaints(report))))


def all_evidence(runs: tuple[CheckRun, ...]) -> tuple[Evidence, ...]:
    """The evidence of every check that ran, in list order, each item once."""
    items = [item for run in runs if isinstance(run.outcome, Ran) for item in run.outcome.evidence]
    return tuple({item.id: item for item in items}.values())


def note_loading(events: EventList, image: Image) -> None:
    """What came, and whether it could be decoded."""
    original = image.original
    events.append("received", f"{original.path or original.name}, {original.size_bytes} bytes", sha256=original.sha256)
    if image.working_copy is not None:
        copy = image.working_copy
        events.append("decoded", "; ".join((f"{copy.width_px} x {copy.height_px} pixels", *copy.steps)))
    elif image.refusal is not None:
        events.append("not decoded", image.refusal.reason)


def note_searches(events: EventList, runs: tuple[CheckRun, ...]) -> None:
    """Which sets were searched."""
    for item in all_evidence(runs):
        if isinstance(item, Search):
            events.append("searched", f"{item.set_name}: {item.pictures} pictures, snapshot {item.snapshot}")


def _tool() -> Tool:
    import geographiclib  # noqa: F401 a package without weight; else a map drawn for another picture would decide

    return Tool(
        name="provenance",
        version=__version__,
        python=platform.python_version(),
        libraries={"pillow": PIL.__version__} | {name: version for name in LIBRARIES if (version := _version_of(name))},
    )


def _version_of(module: str) -> str:
    """ "" of a module that is not loaded.

    The one that only pictures with EXIF load is read from the installed packages' metadata, in some milliseconds: else
    a picture before this one would decide whether it is named.
    """
    if module == _OF_SOME_PICTURES:
        with suppress(PackageNotFoundError):
            return distributed(module)
    loaded = sys.modules.get(module)
    return "" if loaded is None else str(getattr(loaded, "__version__", "unknown"))
