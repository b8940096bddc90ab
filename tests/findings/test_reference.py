"""The program against a brute-force reference that is written from the definitions alone."""

from __future__ import annotations

import pytest

from benchmarks.algebra.__main__ import unlike_reference
from provenance.findings import judging


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_random_evidence_sets_come_out_as_the_reference_has_them(first: int) -> None:
    off = {number: wrong for number in range(first, first + 50) if (wrong := unlike_reference(number))}
    assert off == {}


def test_the_reference_notices_a_changed_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_compatible", lambda *_: True)
    assert any(unlike_reference(number) for number in range(600))
