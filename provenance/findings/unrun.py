"""Why a check did not run, in the words of an answer, and what would let it."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.outcome import CheckRun, Failed, Skipped


def why_not(run: CheckRun) -> tuple[str, str]:
    """Reason and remedy; two empty texts for a check that ran."""
    if isinstance(run.outcome, Failed) and run.outcome.remedy:
        return run.outcome.error, run.outcome.remedy
    if isinstance(run.outcome, Failed):
        return f"the check {run.check} broke ({run.outcome.error})", "report it, with the file if you may"
    if isinstance(run.outcome, Skipped):
        return run.outcome.reason, run.outcome.remedy
    return "", ""


def reasons(runs: Iterable[CheckRun]) -> tuple[str, str]:
    """All reasons, each once, and all remedies: what broke before what was skipped, for a break is nobody's choice."""
    ended = sorted(runs, key=lambda run: not isinstance(run.outcome, Failed))
    told = [why_not(run) for run in ended]
    return _joined(reason for reason, _ in told), _joined(remedy for _, remedy in told)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, texts)))
