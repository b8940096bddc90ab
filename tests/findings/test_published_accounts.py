"""What officials said of one event, in pairs that part and pairs that do not: how many the marks of an account tell."""

import csv
from itertools import starmap
from pathlib import Path

from provenance.findings.events import opposed_accounts
from provenance.intake.claims import statements_from
from provenance.model.limits import Limits

TABLE = Path(__file__).parent / "data" / "published_accounts.tsv"
with TABLE.open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t"))


def named(parts: str) -> int:
    """How many pairs of a kind are held to part."""
    return sum(
        starmap(
            _part, ((row["by"], row["text"], row["other"], row["other_text"]) for row in ROWS if row["parts"] == parts)
        )
    )


def _part(by: str, text: str, other: str, other_text: str) -> bool:
    items = [
        {"id": f"e{index}", "kind": "context", "origin": f"origin {index}", "by": said, "text": words}
        for index, (said, words) in enumerate(((by, text), (other, other_text)))
    ]
    return bool(list(opposed_accounts(statements_from({"evidence": items}, "a.yaml", Limits()))))


def test_of_accounts_that_part_three_in_four_are_named() -> None:
    assert sum(row["parts"] == "yes" for row in ROWS) == 22
    assert named("yes") >= 17


def test_of_accounts_that_do_not_part_only_negations_of_another_thing_are_named() -> None:
    assert sum(row["parts"] == "no" for row in ROWS) == 7
    assert named("no") <= 1
