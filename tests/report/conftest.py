"""Reports to render: the founding case, a bare one, and what people added to one."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable

import pytest
from PIL import Image as PillowImage

from provenance.model.evidence import Evidence
from provenance.model.matches import Match
from provenance.model.noted import Noted, Review, ReviewWord
from provenance.model.report import Report
from tests.report.founding import bare_report, founding_report
from tests.report.founding_evidence import RAILCAR, founding_evidence
from tests.report.replacing import replaced


def _jpeg(colour: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    gradient = PillowImage.linear_gradient("L").resize(size)
    tint = PillowImage.new("RGB", size, colour)
    PillowImage.composite(tint, PillowImage.new("RGB", size, (30, 40, 50)), gradient).save(file, "JPEG", quality=82)
    return file.getvalue()


@pytest.fixture(scope="session")
def founding() -> Report:
    return founding_report()


@pytest.fixture(scope="session")
def bare() -> Report:
    return bare_report()


@pytest.fixture(scope="session")
def evidence() -> dict[str, Evidence]:
    return founding_evidence()


@pytest.fixture(scope="session")
def pictures() -> dict[str, bytes]:
    return {
        "query": _jpeg((196, 178, 150), (360, 640)),
        RAILCAR: _jpeg((150, 170, 196), (640, 427)),
    }


@pytest.fixture(scope="session")
def with_text() -> Callable[[Report, Callable[[], str]], Report]:
    return replaced


@pytest.fixture(scope="session")
def reviewed(founding: Report) -> Report:
    """The founding case with an item that a person dismissed."""
    noted = Noted(entry=7, by="Anna Desk", at="2026-03-01T12:00:00Z", line="ab" * 32)
    item = next(one for one in founding.evidence if isinstance(one, Match))
    review = Review(
        item=item.id, statement=item.statement, word=ReviewWord.DISMISSED, by="Eve Reader", reason="not this yard",
        noted=noted, stands=True, here=True,
    )  # fmt: skip
    return dataclasses.replace(founding, reviews=(review,))
