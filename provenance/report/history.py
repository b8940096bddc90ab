"""What became of the picture before it was this file, as far as its own facts tell: steps, each with its facts.

A step says what a tag, the coding or a trace says and no more; between two of them anything can have happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..metadata.exif.claims import LONGEST_NAME_CHARS
from ..metadata.programs import PROGRAMS
from ..model.evidence import Evidence, Fact, Trace
from ..model.image import Original

MOSTPROGRAMS = 4
_CHARS = 80
_EXACT = ", tables equal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what it is called, what is known of it, and the evidence that says so."""

    name: str
    text: str
    cites: tuple[str, ...] = ()


def steps(evidence: Sequence[Evidence], original: Original) -> tuple[Step, ...]:
    """The steps in the order in which they can have happened; the last is this file."""
    facts = [item for item in evidence if isinstance(item, Fact)]
    traces = [item for item in evidence if isinstance(item, Trace)]
    return (
        *_camera(facts),
        *_programs(facts),
        *(_of("size changed", trace) for trace in traces if trace.topic == "size"),
        *(_of("thumbnail or picture changed", trace) for trace in traces if trace.topic == "thumbnail"),
        *(_of("screenshot", trace) for trace in traces if trace.topic == "screenshot"),
        *(_of("earlier compression", trace) for trace in traces if trace.topic == "history"),
        *_coding(facts),
        *(_of("web service", trace) for trace in traces if trace.topic == "platform"),
        _this(facts, original),
    )


def _of(name: str, trace: Trace) -> Step:
    return Step(name=name, text=trace.value, cites=(trace.id,))


def _shown(fact: Fact) -> str:
    text = " ".join((fact.normal or fact.raw).replace("\0", " ").split())
    return text if len(text) <= _CHARS else f"{text[:_CHARS]}\u2026"


def _camera(facts: Sequence[Fact]) -> Iterator[Step]:
    """Maker and model as the tags name them; a model that repeats its maker stands alone."""
    blocks = dict.fromkeys(fact.block_sha256 for fact in facts if fact.key in ("exif.Make", "exif.Model"))
    told: dict[str, list[str]] = {}
    for block in blocks:
        named = {fact.key: fact for fact in reversed(facts) if fact.block_sha256 == block and _shown(fact)}
        used = [named[key] for key in ("exif.Make", "exif.Model") if key in named]
        parts = [_shown(fact) for fact in used]
        text = parts[1] if len(parts) > 1 and parts[1].lower().startswith(parts[0].lower()) else " ".join(parts)
        if text and sum(len(fact.raw) for fact in used) <= LONGEST_NAME_CHARS:
            told.setdefault(text, []).extend(fact.id for fact in used)
    for text, cites in told.items():
        name = "camera, by its tags" if len(told) == 1 else "camera, by one of several EXIF blocks"
        yield Step(name=name, text=text, cites=tuple(cites))


def _programs(facts: Sequence[Fact]) -> Iterator[Step]:
    """Programs that the tags name, each once; a camera's firmware stands in the same tag."""
    programs: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.key in PROGRAMS and _shown(fact):
            programs.setdefault(_shown(fact), []).append(fact)
    for text, named in list(programs.items())[:MOSTPROGRAMS]:
        yield Step(name="program or firmware, by its tags", text=text, cites=tuple(fact.id for fact in named))


def _coding(facts: Sequence[Fact]) -> Iterator[Step]:
    """How it was compressed last; only tables that equal none of libjpeg's hundred can be a camera's own."""
    quality = next((fact for fact in facts if fact.key == "jpeg.quality"), None)
    if quality is None:
        return
    process = next((fact for fact in facts if fact.key == "jpeg.process"), None)
    exact = quality.normal.endswith(_EXACT)
    tables = (
        f"{quality.normal.removesuffix(_EXACT)}, the tables of libjpeg, which many programs and cameras use"
        if exact
        else "tables that are none of libjpeg's hundred: of a camera or of a program with its own"
    )
    text = f"{process.normal}, {tables}" if process else tables
    cites = tuple(fact.id for fact in (quality, process) if fact is not None)
    yield Step(name="last compression", text=text, cites=cites)


def _this(facts: Sequence[Fact], original: Original) -> Step:
    size = next((fact for fact in facts if fact.key == "file.size"), None)
    parts = (size.normal if size else "", f"{original.size_bytes:,} bytes", f"sha256 {original.sha256[:12]}")
    return Step(name="this file", text=", ".join(part for part in parts if part), cites=(size.id,) if size else ())
