"""A report with other texts in the place of all that strangers wrote."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from provenance.model.evidence import Appearance, Evidence
from provenance.model.finding import Finding
from provenance.model.outcome import CheckRun, Ran
from provenance.model.report import Report
from provenance.model.source import Grade


def replaced(report: Report, text: Callable[[], str]) -> Report:
    """The same report with a new text in every field that takes any text; citations follow their items."""
    renamed: dict[str, str] = {}

    def rebuilt(value: Any) -> Any:
        if isinstance(value, Evidence):
            new = fields_of(value)
            if isinstance(new, Appearance):
                new = dataclasses.replace(new, match_id=renamed.get(new.match_id, new.match_id))
            renamed[value.id] = new.id
            return new
        if isinstance(value, tuple):
            return tuple(rebuilt(item) for item in value)
        if isinstance(value, dict):
            return {text(): rebuilt(item) for item in value.values()} if value else value
        if dataclasses.is_dataclass(value) and not isinstance(value, Grade | type):
            return fields_of(value)
        return text() if type(value) is str and value else value

    def fields_of(value: Any) -> Any:
        kept = {"cc", "about", "match_id", "claim", "first", "second", "cites", "schema"}
        names = [field.name for field in dataclasses.fields(value) if field.name not in kept]
        return dataclasses.replace(value, **{name: rebuilt(getattr(value, name)) for name in names})

    evidence = tuple(rebuilt(item) for item in report.evidence)
    same = dict(zip((item.id for item in report.evidence), evidence, strict=True))
    runs = tuple(_with_items(run, same) for run in report.checks)
    checks = tuple(dataclasses.replace(run, check=text(), outcome=_with_text(run, rebuilt)) for run in runs)
    renamed |= {old.id: new.id for old, new in zip(report.checks, checks, strict=True)}
    rest = fields_of(dataclasses.replace(report, evidence=(), checks=(), findings=(), claims=(), next_steps=()))
    return dataclasses.replace(
        rest,
        evidence=evidence,
        checks=checks,
        findings=tuple(_cited(rebuilt(finding), renamed) for finding in report.findings),
        claims=tuple(dataclasses.replace(claim, claim=renamed[claim.claim]) for claim in report.claims),
        next_steps=tuple(
            dataclasses.replace(step, text=text(), cites=tuple(renamed.get(cite, cite) for cite in step.cites))
            for step in report.next_steps
        ),
    )


def _with_text(run: CheckRun, rebuilt: Callable[[Any], Any]) -> Any:
    if isinstance(run.outcome, Ran):
        return dataclasses.replace(run.outcome, note=rebuilt(run.outcome.note))
    return rebuilt(run.outcome)


def _with_items(run: CheckRun, same: dict[str, Evidence]) -> CheckRun:
    if not isinstance(run.outcome, Ran):
        return run
    items = tuple(same[item.id] for item in run.outcome.evidence)
    return dataclasses.replace(run, outcome=dataclasses.replace(run.outcome, evidence=items))


def _cited(finding: Finding, renamed: dict[str, str]) -> Finding:
    return dataclasses.replace(
        finding,
        sentences=tuple(
            dataclasses.replace(sentence, cites=tuple(renamed.get(cite, cite) for cite in sentence.cites))
            for sentence in finding.sentences
        ),
        conflicts=tuple(
            dataclasses.replace(
                conflict,
                first=renamed.get(conflict.first, conflict.first),
                second=renamed.get(conflict.second, conflict.second),
            )
            for conflict in finding.conflicts
        ),
    )
