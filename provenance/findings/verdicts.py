"""What the answers to "when" and "where" share: headlines, weights, what is set aside, what would change them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..model.days.calendars import before_photography
from ..model.evidence import Appearance, Claim, Evidence
from ..model.finding import Confidence, Sentence, Verdict
from ..model.said import listing, span, where
from ..model.source import SourceKind
from ..model.text import counted
from .graded import Aside, TimeItem
from .judging import Judged
from .strength import TOO_EARLY
from .tiers import worst
from .wording import chance, cited, listed, name, small, spelled, trust

MOST_ASIDES = 6
MOST_NAMED = 3
_BAR = "one source at B2 or better, or two independent ones at C3 or better"


def headline(judged: Sequence[Judged], answer: Callable[[Judged], Sentence]) -> list[Sentence]:
    """One claim: its answer. Several with one answer: that. Others: which verdict each has, then each with its name."""
    answers = [answer(one) for one in judged]
    if len({sentence.text for sentence in answers}) == 1:
        return [Sentence(text=answers[0].text, cites=tuple(dict.fromkeys(i for one in answers for i in one.cites)))]
    verdicts = dict.fromkeys(one.verdict for one in judged)
    if list(verdicts) == [Verdict.UNPROVEN]:
        return [_unproven(judged, answers), *(_for(one, said) for one, said in zip(judged, answers, strict=True))]
    groups = [(word, [one for one in judged if one.verdict is word]) for word in verdicts]
    ordered = sorted(groups, key=lambda group: list(Verdict).index(group[0]))
    opening = Sentence(text=_told_apart(ordered, len(judged)), cites=tuple(one.claim.id for one in judged))
    return [opening, *(_for(one, said) for one, said in zip(judged, answers, strict=True))]


def _told_apart(groups: Sequence[tuple[Verdict, list[Judged]]], number: int) -> str:
    """Which claim has which word: "Both claims are contradicted (c1 and c2).", "Of two claims, c1 is recycled ..."."""
    names = [listing([*map(claimed, ones)]) for _, ones in groups]
    if len(groups) == 1:
        return f"{'Both' if number == 2 else f'All {spelled(number)}'} claims are {groups[0][0].value} ({names[0]})."
    are = ["is" if len(ones) == 1 else "are" for _, ones in groups]
    told = [f"{who} {verb} {word.value}" for who, verb, (word, _) in zip(names, are, groups, strict=True)]
    return f"Of {spelled(number)} claims, {', '.join(told[:-1])} and {told[-1]}."


def _unproven(judged: Sequence[Judged], answers: Sequence[Sentence]) -> Sentence:
    """Several unproven claims in one line."""
    opening = "Neither claim" if len(judged) == 2 else f"None of {spelled(len(judged))} claims"
    cites = tuple(dict.fromkeys(item for sentence in answers for item in sentence.cites))
    return Sentence(text=f"{opening} has strong enough support ({listing([*map(claimed, judged)])}).", cites=cites)


def sides(one: Judged) -> str:
    """The best graded item of either side of a dispute: "A [e1] (B2) and B [e2] (B2)"."""
    first = next((item for item in one.causes if item in one.support), None)
    second = next((item for item in one.causes if item in one.opposition), None)
    named = [f"{name(item.evidence)} ({item.grade})" for item in (first, second) if item is not None]
    return " and ".join(named) if len(named) == 2 else "Sources of comparable weight"


def claimed(one: Judged) -> str:
    """How a claim is called: by the desk's id, else by whoever makes it."""
    return one.claim.label or name(one.claim)


def _for(one: Judged, sentence: Sentence) -> Sentence:
    return Sentence(text=f"Claim {claimed(one)}: {sentence.text}", cites=sentence.cites)


def weights_said(judged: Sequence[Judged], what: Callable[[Judged], str]) -> list[Sentence]:
    """Likelihood and confidence of each claim; with its name where they are not the same for all."""
    said = [(one, weight_said(one, what(one))) for one in judged]
    alike = len({tuple(sentence.text for sentence in sentences) for _, sentences in said}) <= 1
    return [sentence if alike else _for(one, sentence) for one, sentences in said for sentence in sentences]


def weight_said(one: Judged, what: str) -> list[Sentence]:
    """Likelihood and confidence of one verdict, in two sentences (ICD 203 forbids one)."""
    items = [one.claim, *(item.evidence for item in one.causes)]
    said = [cited(chance(one.likelihood, what), *items)] if one.likelihood else []
    if one.confidence is not None:
        said.append(cited(trust(one.confidence, _basis(one)), *items))
    return said


def _basis(one: Judged) -> str:
    if one.verdict is Verdict.UNPROVEN:
        return f"it would take {_BAR}"
    if one.verdict is Verdict.DISPUTED:
        return "neither side outweighs the other"
    grades = ", ".join(sorted({str(item.grade) for item in one.causes}))
    firm = one.hard or all(isinstance(item, TimeItem) and item.hard for item in one.causes)
    kind = "a firm limit" if firm else "statements and estimates"
    own = ", and it is the claimant's own word" if one.own else ""
    last = (
        "" if one.confidence is not Confidence.LOW or one.own else ", and no independent source at B2 stands behind it"
    )
    count = f"{spelled(one.origins)} origin{'s' if one.origins > 1 else ''}"
    word = ", on the desk's word that it is the same picture" if on_the_desks_word(one) else ""
    return f"it rests on {kind} graded {grades}, from {count}{own}{word}{last}"


def on_the_desks_word(one: Judged) -> bool:
    """Whether every cause is a publication that the desk recorded and this program did not compare with the picture."""
    copies = [item.evidence for item in one.causes if isinstance(item.evidence, Appearance)]
    elsewhere = any(copy.match_id or copy.source.kind is SourceKind.WEB for copy in copies)
    return bool(copies) and len(copies) == len(one.causes) and not elsewhere


def asides_said(asides: Sequence[Aside]) -> list[Sentence]:
    """What was set aside, with its reason: kept, and said, and without weight."""
    reasons: dict[str, list[Aside]] = {}
    for aside in asides:
        reasons.setdefault(aside.reason, []).append(aside)
    groups = list(reasons.items())
    said = [cited(_not_counted(ones, reason), *(one.evidence for one in ones)) for reason, ones in groups[:MOST_ASIDES]]
    if rest := [aside.evidence for _, ones in groups[MOST_ASIDES:] for aside in ones]:
        said.append(cited(f"{counted(len(rest), 'more item')} not counted, each for a reason of its own.", *rest))
    return said


def _not_counted(asides: Sequence[Aside], reason: str) -> str:
    return f"Not counted: {listed([*map(_named, asides)], most=MOST_ASIDES)}, because {small(reason)}."


def _named(aside: Aside) -> str:
    """Who is set aside, with the time or place that a statement gave."""
    item = aside.evidence
    if isinstance(item, Appearance) and aside.reason == TOO_EARLY and (part := _part_too_early(item)):
        return f"{part} {name(item)}"
    said = [span(item.time)] if isinstance(item, Claim) and item.time else []
    said += [where(item.place)] if isinstance(item, Claim) and item.place else []
    return f"{name(item)}, {' and '.join(said)}" if said else name(item)


def _part_too_early(item: Appearance) -> str:
    """Which of the two dates of a publication is set aside alone, so that the other counts; "" where both or none."""
    early = [time is not None and before_photography(time) for time in (item.published, item.caption_time)]
    if all(early) or not (item.published and item.caption_time):
        return ""
    return "the day of publication of" if early[0] else "the date in the caption of" if early[1] else ""


def why_changes(judged: Sequence[Judged], dimension: str) -> tuple[str, ...]:
    """What would change the verdict, cheapest first, with the items that it hangs on."""
    if not judged:
        return (f"A claim that names a {dimension}.",)
    word = worst(one.verdict for one in judged)
    one = next(one for one in judged if one.verdict is word)
    causes = [item.evidence for item in one.causes]
    named = listing([*dict.fromkeys(map(name, causes))], most=MOST_NAMED) if causes else ""
    if one.hard:
        return _limits_wrong(causes, named)
    if word in (Verdict.RECYCLED, Verdict.CONTRADICTED):
        return (f"A reason to distrust {named}.", f"A source at B2 or better for the claimed {dimension}.")
    if word is Verdict.DISPUTED:
        return (
            f"A reason to distrust one side: {named}.",
            f"Another independent source on the {dimension}, at B2 or better.",
        )
    if word is Verdict.CONSISTENT:
        earlier = ("A copy from before the claimed time.",) if dimension == "time" else ()
        return (f"A reason to distrust {named}.", f"A source at B2 or better for another {dimension}.", *earlier)
    first = (
        "The author, with the original file."
        if dimension == "time"
        else "A match with landmarks that others can repeat."
    )
    return (f"For the claimed {dimension}: {_BAR}.", first)


def _limits_wrong(causes: Sequence[Evidence], named: str) -> tuple[str, ...]:
    """Firm limits fall only when what they rest on is wrong."""
    if len(causes) > 1:
        return (f"Showing which of the two firm limits is wrong: {named}.",)
    if isinstance(causes[0], Appearance):
        return (f"Showing that the copy at {named} is another picture, or that its recorded date is wrong.",)
    return (f"Showing that the limit is wrong or does not concern this picture: {named}.",)
