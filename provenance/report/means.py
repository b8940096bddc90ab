"""By what two reports were made, where it differs: versions, settings, sets, lists of trust, how checks ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model.canonical import plain
from ..model.credentials import Credential
from ..model.matches import Search
from ..model.outcome import Failed, Outcome, Skipped
from ..model.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansChange:
    """A version, setting, set, list of trust or end of a check by which the reports were made, where it differs."""

    name: str
    was: str
    now: str


_NOT_ASKED = ("not asked for", "")


def means(old: Report, new: Report) -> Iterator[MeansChange]:
    """Every version, setting, set and list that is not the same, and every check that ended otherwise."""
    before, after = _made_by(old), _made_by(new)
    for name, version in old.tool.libraries.items():  # one that only one run needed is no change
        if name in new.tool.libraries:
            before[f"library {name}"], after[f"library {name}"] = version, new.tool.libraries[name]
    for name in {**before, **after}:
        was, now = before.get(name, "not there"), after.get(name, "not there")
        if was != now:
            yield MeansChange(name=name, was=was, now=now)
    yield from _ended(old, new)


def _ended(old: Report, new: Report) -> Iterator[MeansChange]:
    """Checks that ended otherwise: what one of the runs did not check says why an item of the other is not there."""
    before, after = ({run.check: _how(run.outcome) for run in report.checks} for report in (old, new))
    both = old.settings.get("questions") != new.settings.get("questions")
    for name in {**before, **after}:
        was, now = before.get(name, _NOT_ASKED), after.get(name, _NOT_ASKED)
        if was[0] != now[0] and not (both and _NOT_ASKED in (was, now)):
            yield MeansChange(name=f"check {name}", was=": ".join(filter(None, was)), now=": ".join(filter(None, now)))


def _how(outcome: Outcome) -> tuple[str, str]:
    match outcome:
        case Skipped(reason=reason):
            return "not checked", reason
        case Failed(error=error):
            return "failed", error
    return "ran", ""


def _made_by(report: Report) -> dict[str, str]:
    """Versions, settings, sets and lists by their names."""
    found = {
        report.tool.name: report.tool.version,
        "Python": report.tool.python,
        "clock": report.clock,
        "edition": _edition(report),
    }
    found |= dict(_settings(report.settings, "setting "))
    for item in report.evidence:
        if isinstance(item, Search):
            made = {"set_id", "snapshot", "pictures", "searchable", "fingerprint", "radius_bits", "planted"}
            found |= {
                f"set {item.set_name}, {name.replace('_', ' ')}": _short(value)
                for name, value in plain(item).items()
                if name in made
            }
        elif isinstance(item, Credential):
            found |= {f"trust list {one.name}": one.sha256 for one in item.lists}
    return found


def _edition(report: Report) -> str:
    made = report.derivation
    if made is None:
        return "the full record"
    left = f"without {', '.join(made.left_out)}" if made.left_out else ""
    return ", ".join(filter(None, (left, f"{made.covered} covered" if made.covered else "")))


def _settings(values: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _settings(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", _short(value)


def _short(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_short, value)) or "none"
    if isinstance(value, dict):
        return " ".join(f"{name} {_short(part)}" for name, part in value.items())
    return "none" if value is None or value == "" else str(value)
