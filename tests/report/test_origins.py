"""The table of origins groups what the answers count once."""

from __future__ import annotations

import dataclasses

from provenance.intake.claims import statements_from
from provenance.model.limits import Limits
from provenance.model.report import Report
from provenance.report import view

POST = {"kind": "publication", "published": "2021-07-26", "date_basis": "page_date", "match": "exact", "text": "x"}


def test_one_root_is_one_row_however_it_is_written_and_by_its_address(bare: Report) -> None:
    written = [("TG-Channel", ""), ("tg-channel ", ""), ("paper", "https://paper.example/a"),
               ("the paper", "https://www.paper.example/a/"), ("another", "https://paper.example/b")]  # fmt: skip
    evidence = [{**POST, "id": f"e{n}", "by": f"by {n}", "origin": origin, **({"url": url} if url else {})}
                for n, (origin, url) in enumerate(written)]  # fmt: skip
    items = statements_from({"evidence": evidence}, "case", Limits())
    rows = view.origins(dataclasses.replace(bare, evidence=items))
    assert [(row.name.strip(), len(row.items)) for row in rows] == [("TG-Channel", 2), ("paper", 2), ("another", 1)]
