"""How much of the reports' own text each catalogue translates: over the samples and the place and time scenarios.

    python -m benchmarks.languages [LANGUAGE ...]

Counts every sentence as often as it stands in a report. Needs no network; the samples take about a minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.adapters import scenario_items
from benchmarks.algebra.__main__ import SCENARIOS, load
from benchmarks.asked import arguments
from provenance.findings.steps.ranked import next_steps
from provenance.findings.weigh import weigh
from provenance.model.finding import Finding, NextStep, Question
from provenance.model.languages import LANGUAGES
from provenance.model.outcome import CheckRun, Ran
from provenance.model.report import Report
from provenance.report.languages.coverage import answers, grounds
from provenance.report.languages.tongue import tongue
from provenance.report.words import at_odds

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = ROOT.parent / "shared" / "scenarios" / "dev.yaml"
MOST_SHOWN = 25


def scenarios() -> list[dict[str, Any]]:
    """The invented cases, and the published checks where they lie beside this checkout."""
    return load(SCENARIOS) + (load(PUBLISHED) if PUBLISHED.is_file() else [])


def of_scenario(scenario: dict[str, Any]) -> Iterator[str]:
    """Everything that the findings on a scenario say, and the steps."""
    items = scenario_items(scenario)
    weighed = weigh(items, (CheckRun(check="recorded", outcome=Ran(evidence=items)),), tuple(Question))
    yield from of_findings(weighed.findings, next_steps(weighed.findings, items))


def of_findings(findings: tuple[Finding, ...], steps: tuple[NextStep, ...]) -> Iterator[str]:
    """The sentences of answers, as `coverage.answers` lists them of a whole report."""
    for finding in findings:
        yield from (sentence.text for sentence in finding.sentences)
        yield from filter(None, (finding.reason, finding.remedy))
        yield from (*finding.would_change, *finding.not_established, *map(at_odds, finding.conflicts))
    yield from (step.text for step in steps)


def sample_reports() -> Iterator[Report]:
    """Each sample with the set; that of the post with its claims as well."""
    import provenance

    claims = provenance.read_claims(ROOT / "samples" / "railcar_post.claims.yaml")
    for path in sorted([*(ROOT / "samples").glob("*.jpg"), *(ROOT / "samples").glob("*.png")]):
        stated = claims if path.suffix == ".png" else ()
        with provenance.Desk(references=[ROOT / "samples" / "reference"], statements=stated) as desk:
            yield desk.check(path).report


def main(languages: list[str]) -> None:
    """A line a language and corpus, then the sentences that are not translated, the commonest first."""
    reports = list(sample_reports())
    corpora = {
        "answers to the scenarios": Counter(text for one in scenarios() for text in of_scenario(one)),
        "answers on the samples": Counter(text for report in reports for text in answers(report)),
        "evidence and checks of the samples": Counter(text for report in reports for text in grounds(report)),
    }
    for code in languages or [code for code in LANGUAGES if code != "en"]:
        missing: Counter[str] = Counter()
        for name, texts in corpora.items():
            lost = Counter({text: n for text, n in texts.items() if tongue(code).told(text) is None})
            total, shown = texts.total(), texts.total() - lost.total()
            print(f"{code}: {name}: {shown:,} of {total:,} sentences ({100 * shown / total:.1f} %)")
            missing += lost
        for text, number in missing.most_common(MOST_SHOWN):
            print(f"    {number} {text[:160]}")


if __name__ == "__main__":
    main(arguments(__doc__, most=None))
