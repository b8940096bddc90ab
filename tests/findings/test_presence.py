"""That nobody was at a place denies who was there, and not what happened to the place."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from provenance.findings.accounts.denials import denial_in

from .test_ordinary_accounts import opposed

TABLE = Path(__file__).parent / "data" / "presence_accounts.tsv"
with TABLE.open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["other_text"])
def test_only_who_was_not_there_is_denied(row: dict[str, str]) -> None:
    assert opposed(row["text"], row["other_text"]) is (row["parts"] == "yes")


@pytest.mark.parametrize("text", ["не было " + "в" * 19_000, "a" * 19_000 + " was not in x", "가" * 19_000 + " 없다",
                                  "no " + "in " * 6_000, "no one was " + "x, " * 6_000])  # fmt: skip
def test_long_accounts_cost_no_more_than_short_ones(text: str) -> None:
    began = time.process_time()
    denial_in(text)
    assert time.process_time() - began < 2
