"""What changed between two reports, as lines for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ...model.canonical import plain
from ...model.finding import Question
from ...model.text import quoted, visible
from .. import words
from ..changes import NOT_ASKED, AnswerChange, Changes, How, Side
from ..languages.tongue import ENGLISH, Tongue
from .columns import wrap

MOST_LISTED = 200
"""Lines of one kind; the JSON form has all."""
MOST_CAUSES = 8
"""Of one answer."""
_SHOWN_CHARS = 300
_COUNTED = {
    How.CAME: ("{n} item came", "{n} items came"),
    How.WENT: ("{n} item went", "{n} items went"),
    How.CHANGED: ("{n} item changed", "{n} items changed"),
}


def render(found: Changes, *, width: int) -> str:
    """The changes for a terminal `width` columns wide, without a newline at its end."""
    return "\n".join(line for text, indent in _lines(found) for line in _wrapped(text, indent, max(width, 40)))


def render_json(found: Changes) -> str:
    """The same for machines: every change, and `same`, which the exit code says too."""
    return json.dumps({"same": found.same, **plain(found)}, ensure_ascii=False, indent=2)


def render_line(found: Changes, tongue: Tongue = ENGLISH) -> str:
    """How much changed since the old report, in one line, in the language of `tongue`."""
    overall = next((one for one in found.answers if one.question == "overall"), None)
    parts = []
    if overall is not None:
        was, now = (tongue.word(word, "verdict") for word in (overall.was, overall.now))
        parts.append(tongue.word("overall {x}", x=f"{was} -> {now}"))
    counts = (
        (len(found.answers) - (overall is not None), "{n} answer changed", "{n} answers changed"),
        *((sum(item.how is how for item in found.items), *_COUNTED[how]) for how in How),
        (len(found.reviews), "{n} accepted or dismissed", "{n} accepted or dismissed"),
        (
            len(found.means),
            "{n} setting, check, set or version differs",
            "{n} settings, checks, sets or versions differ",
        ),
    )
    parts += [tongue.word(one, plural=several, n=number) for number, one, several in counts if number]
    told = ", ".join(parts) or tongue.word("nothing changed")
    return tongue.word("Since {x}: {x2}", x=visible(found.old.made_at, limit=40), x2=told)


def _wrapped(text: str, indent: int, width: int) -> list[str]:
    lines = wrap(text, width - indent - 2) or [""]
    return [" " * (indent + 2 * bool(number)) + line for number, line in enumerate(lines)]


def _lines(found: Changes) -> Iterator[tuple[str, int]]:
    yield _side("Old", found.old), 0
    yield _side("New", found.new), 0
    yield "", 0
    if not found.same_picture:
        yield "These are reports on different pictures; their evidence cannot be compared.", 0
        return
    if found.same:
        yield "Nothing changed but the moment of the check: the same answers, evidence, settings and sets.", 0
        return
    yield from _answers(found)
    yield from _items(found)
    yield from _people(found)
    yield from _means(found)


def _side(label: str, side: Side) -> str:
    name = visible(side.name, limit=80)
    return f"{label}: {visible(side.made_at, limit=40)}  {name}  sha256 {side.sha256[:12]}  {side.overall}"


def _answers(found: Changes) -> Iterator[tuple[str, int]]:
    if not found.answers:
        yield "Answers: each has the same word as before", 0
        return
    yield "Answers", 0
    items = {id_: item for item in found.items for id_ in (item.id, item.was_id) if id_}
    aside = {one.item for one in found.reviews if one.sets_aside}
    for one in found.answers:
        yield f"{_question(one)}: {one.was} -> {one.now}", 2
        if one.question == "overall" or NOT_ASKED in (one.was, one.now):
            continue
        for id_ in one.because[:MOST_CAUSES]:
            item = items.get(id_)
            said = f"which a person {'set aside' if id_ in aside else 'no longer sets aside'}"
            said = f"{item.how.value}: {visible(item.statement, limit=_SHOWN_CHARS)}" if item else said
            yield f"by {_short(id_)}, {said}", 4
        if len(one.because) > MOST_CAUSES:
            yield f"and {len(one.because) - MOST_CAUSES:,} more", 4
        if not one.because:
            yield "no item that it cites changed; see below how the reports were made", 4


def _question(one: AnswerChange) -> str:
    return "Overall" if one.question == "overall" else words.QUESTIONS[Question(one.question)]


def _items(found: Changes) -> Iterator[tuple[str, int]]:
    counts = [f"{sum(item.how is how for item in found.items)} {how.value}" for how in How]
    yield f"Evidence: {', '.join(counts)}", 0
    for item in found.items[:MOST_LISTED]:
        by = f" (recorded by a person, entry {item.entry})" if item.entry else ""
        said = f"{item.how.value} {_short(item.id)}{by}: {visible(item.statement, limit=_SHOWN_CHARS)}"
        yield said, 2
        if item.was:
            yield f"before: {visible(item.was, limit=_SHOWN_CHARS)}", 4
        elif item.fields:
            yield f"differs in: {', '.join(name.replace('_', ' ') for name in item.fields)}", 4
    yield from _more(len(found.items))


def _people(found: Changes) -> Iterator[tuple[str, int]]:
    if found.reviews:
        yield "People", 0
    for one in found.reviews[:MOST_LISTED]:
        of = f'the answer to "{one.item}"' if one.of_answer else _short(one.item)
        who = visible(one.by, limit=80)
        yield f"{who} {one.word.value} {of} in entry {one.noted.entry}: {quoted(one.reason, limit=_SHOWN_CHARS)}", 2
    yield from _more(len(found.reviews))


def _means(found: Changes) -> Iterator[tuple[str, int]]:
    yield f"How they were made{'' if found.means else ': alike'}", 0
    for one in found.means[:MOST_LISTED]:
        was, now = (visible(text, limit=_SHOWN_CHARS) for text in (one.was, one.now))
        yield f"{visible(one.name, limit=120)}: {was} -> {now}", 2
    yield from _more(len(found.means))


def _more(number: int) -> Iterator[tuple[str, int]]:
    if number > MOST_LISTED:
        yield f"and {number - MOST_LISTED:,} more, in the JSON form", 2


def _short(id_: str) -> str:
    """As the page cites it: the kind and four digits."""
    kind, _, digest = id_.rpartition("-")
    return visible(f"{kind}-{digest[:4]}", limit=60)
