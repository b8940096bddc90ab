"""What in the file names a program, a platform or a way of making; and that nothing does, only where nothing does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..metadata import source_type
from ..metadata.programs import PROGRAMS
from ..model.evidence import Evidence, Fact, Trace
from ..model.finding import Sentence
from ..model.outcome import CheckRun, Ran
from ..model.said import listing
from ..model.text import quoted
from .wording import cited, shortened

READERS = {"container": "structure", "exif": "tags", "xmp": "XMP", "iptc": "IPTC fields"}
"""The checks that would have found a mark, and what they read."""
CREDENTIALS = "credentials"
MOST_LISTED = 8
_SHOWN_CHARS = 120
_NAME_CHARS = 80
"""A keyword of a PNG takes 79."""
_TEXTS = ("exif.UserComment", "xmp.exif:UserComment[1]", "file.comment")
# Keywords under which image generators keep prompt and settings (AUTOMATIC1111, ComfyUI, InvokeAI, Fooocus, Dream).
_GENERATORS = ("parameters", "prompt", "workflow", "dream", "sd-metadata", "generation_data", "fooocus_scheme")
_GENERATED = re.compile(r'Steps: \d+, Sampler|"sampler"|"steps": ?\d')


def source_types(items: Sequence[Evidence]) -> list[Sentence]:
    """How the picture was made by the file's own digital source type."""
    said = []
    for fact in source_type.facts(items):
        words, code = source_type.in_words(fact), source_type.code(fact)
        text = (
            f"was {words} (IPTC {code})" if words else f"has the digital source type {quoted(code, limit=_SHOWN_CHARS)}"
        )
        said.append(cited(f"By the file's own tag the picture {text}.", fact))
    return shortened(said, MOST_LISTED, "digital source type")


def marks(items: Sequence[Evidence], runs: tuple[CheckRun, ...]) -> list[Sentence]:
    """Programs, generators, comments and traces; where there are none, which checks looked."""
    facts = [item for item in items if isinstance(item, Fact)]
    said = [*_programs(facts), *_generators(facts), *_other_texts(facts), *_traces(items)]
    if said or source_type.facts(items):
        return said
    looked = [run for run in runs if run.check in READERS and isinstance(run.outcome, Ran)]
    if not looked:
        return []
    where = listing([word for check, word in READERS.items() if any(run.check == check for run in looked)])
    text = f"No mark of a platform or program was found in the file's {where}; most leave none that lasts."
    return [Sentence(text=text, cites=tuple(run.id for run in looked))]


def _programs(facts: Sequence[Fact]) -> list[Sentence]:
    said = [
        cited(f"The file names a program: {_shown(fact)}.", fact)
        for fact in facts
        if fact.key in PROGRAMS and fact.raw.strip("\0 ")
    ]
    return shortened(said, MOST_LISTED, "name of a program", "names of programs")


def _generators(facts: Sequence[Fact]) -> list[Sentence]:
    said = [
        cited(f"The file holds settings of an image generator ({_called(fact)}): {_shown(fact)}.", fact)
        for fact in facts
        if _of_generator(fact)
    ]
    return shortened(said, MOST_LISTED, "text with settings of a generator", "texts with settings of a generator")


def _of_generator(fact: Fact) -> bool:
    keyword = fact.key.removeprefix("png.text.").lower() if fact.key.startswith("png.text.") else ""
    if keyword in _GENERATORS or keyword.startswith("invokeai"):
        return True
    return bool(keyword or fact.key in _TEXTS) and _GENERATED.search(f"{fact.raw[:20_000]}") is not None


def _other_texts(facts: Sequence[Fact]) -> list[Sentence]:
    said = [
        cited(f"The file holds a comment: {_shown(fact)}.", fact)
        for fact in facts
        if fact.key == "file.comment" and not _of_generator(fact)
    ]
    said = shortened(said, MOST_LISTED, "comment")
    texts = [
        fact
        for fact in facts
        if fact.key.startswith("png.text.") and fact.key not in PROGRAMS and not _of_generator(fact)
    ]
    if texts:
        names = listing(sorted({quoted(fact.key.removeprefix("png.text."), limit=_NAME_CHARS) for fact in texts}))
        said.append(cited(f"The file holds PNG text under the names {names}.", *texts))
    return said


def _traces(items: Sequence[Evidence]) -> list[Sentence]:
    traces = [item for item in items if isinstance(item, Trace) and item.topic != CREDENTIALS and not item.alters]
    return shortened([cited(trace.statement, trace) for trace in traces], MOST_LISTED, "trace")


def _called(fact: Fact) -> str:
    if fact.key.startswith("png.text."):
        return f"PNG text {quoted(fact.key.removeprefix('png.text.'), limit=_NAME_CHARS)}"
    return {"exif.UserComment": "EXIF UserComment", "xmp.exif:UserComment[1]": "XMP UserComment"}.get(
        fact.key, "comment"
    )


def _shown(fact: Fact) -> str:
    """What whoever wrote the file chose, in quotation marks: it cannot speak as this program does."""
    return quoted((fact.normal or fact.raw).strip("\0 "), limit=_SHOWN_CHARS)
