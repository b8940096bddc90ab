"""Steps towards answers that are not there yet: what was not checked, and what waits for a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...image.decoding.refusals import ASK_AGAIN, ASK_OR_SAVE, SAVE_AS_PNG, SMALLER_COPY
from ...model.evidence import Claim, Evidence
from ...model.finding import Effort, Question, Verdict
from ...model.outcome import CheckRun
from ...model.said import span
from ...model.text import visible
from ...placetime.located import unplaced
from ...placetime.screen.said import SHOWN_TIME
from ..weigh import RECORD, RESTS_ON
from ..wording import as_step
from .step import UNDECIDED, Found, Step

ON_A_CLAIM = (Question.WHEN, Question.WHERE)
"""What is answered of a claim."""


def unchecked(found: Found, runs: Sequence[CheckRun]) -> Iterator[Step]:
    """What was not checked, by its remedy; one remedy may serve several questions."""
    remedies: dict[str, list[Question]] = {}
    for question, finding in found.findings.items():
        if finding.verdict is Verdict.NOT_CHECKED and finding.remedy not in ("", RECORD):
            both = finding.remedy == ASK_OR_SAVE  # two people's work, two steps
            for remedy in (ASK_AGAIN, SAVE_AS_PNG) if both else (finding.remedy,):
                remedies.setdefault(remedy, []).append(question)
    if found.asks_again:
        questions = remedies.pop(ASK_AGAIN)
        first = f"{ASK_AGAIN[:1].upper()}{ASK_AGAIN[1:]}, as the original"
        yield Step(
            text=f"{first}, and who took the picture; then check again.",
            bears_on=tuple(dict.fromkeys((*questions, *found.of_original))),
            effort=Effort.A_MESSAGE,
            cites=_looked_at(questions, runs),
        )
    for remedy, questions in remedies.items():
        again = "" if remedy in (SAVE_AS_PNG, SMALLER_COPY) else ", and check again"  # these say it themselves
        yield Step(
            text=f"{as_step(remedy)}{again}.",
            bears_on=tuple(questions),
            effort=Effort.MINUTES,
            cites=_looked_at(questions, runs),
        )


def unclaimed(found: Found, runs: Sequence[CheckRun]) -> Iterator[Step]:
    """One step for all that waits for a claim: answers without one, and answers with nothing to rest on."""
    unrecorded = tuple(question for question, one in found.findings.items() if one.remedy == RECORD)
    lacking = tuple(
        question for question in ON_A_CLAIM if found.word(question) is Verdict.NO_CLAIM or question in unrecorded
    )
    if not lacking and not unrecorded:
        return
    first = _record_which(lacking) if lacking else f"{RECORD[:1].upper()}{RECORD[1:]}"
    shown = _shown(found.items) if Question.WHEN in lacking else None
    told = f": the screenshot shows {span(shown.time)}" if shown and shown.time else ""
    yield Step(
        text=f"{first}, and check again{told}.",
        bears_on=tuple(dict.fromkeys((*lacking, *unrecorded))),
        effort=Effort.MINUTES,
        cites=(*([shown.id] if shown else []), *(found.first_rests(lacking) or _looked_at(unrecorded, runs))),
    )


def unplaced_claims(found: Found) -> Iterator[Step]:
    """A claimed name that is several places, or none that is known: until then nothing supports or refutes it."""
    if found.word(Question.WHERE) not in UNDECIDED:
        return
    for item in found.items:
        if isinstance(item, Claim) and item.tested and item.place is not None and unplaced(item.limits):
            said = f'"{visible(item.place.name, limit=40)}"'
            how = "NAME@LAT,LON or NAME, CC; provenance place NAME lists what a name may mean"
            yield Step(
                text=f"Say which place {said} is ({how}), and check again.",
                bears_on=(Question.WHERE,),
                effort=Effort.MINUTES,
                cites=(item.id,),
            )


def _record_which(lacking: Sequence[Question]) -> str:
    words = {Question.WHEN: "time", Question.WHERE: "place"}
    what = " and ".join(words[question] for question in lacking)
    options = " and ".join(f"--claimed-{words[question]}" for question in lacking)
    return f"Record which {what} {'are' if len(lacking) > 1 else 'is'} claimed for the picture ({options})"


def _shown(items: Iterable[Evidence]) -> Claim | None:
    """The time that a screenshot of a post shows: what is claimed begins there."""
    return next((item for item in items if isinstance(item, Claim) and item.basis == SHOWN_TIME), None)


def _looked_at(questions: Iterable[Question], runs: Sequence[CheckRun]) -> tuple[str, ...]:
    checks = {check for question in questions for check in RESTS_ON[question]}
    return tuple(run.id for run in runs if run.check in checks)
