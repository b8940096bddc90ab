"""Tests that share the answers of slow methods share those alone that any of them would get."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from provenance.checks import CHECKS
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load
from provenance.model.context import Context
from provenance.model.image import Image
from provenance.model.limits import Limits
from provenance.model.outcome import Ran

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture
def pictures() -> list[Image]:
    with Decoder() as decoder:
        return [load(SAMPLES / name, decoder, Limits()) for name in ("stranger.jpg", "railcar_mirrored.jpg")]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Image, Context]]:
    """What a method that stands in the place of all is asked."""
    asked: list[tuple[Image, Context]] = []

    def check(image: Image, context: Context) -> Ran:
        asked.append((image, context))
        return Ran()

    monkeypatch.setattr("provenance.checks._module", lambda _: SimpleNamespace(check=check))
    return asked


def test_one_picture_is_asked_once_and_another_or_another_context_anew(asked, methods_once, pictures) -> None:
    history = next(check for check in CHECKS if check.name == "history")
    contexts = [Context(now=NOW), Context(now=NOW + timedelta(days=1)), Context(now=NOW, limits=Limits(frames=7))]
    for _ in range(2):
        for image in pictures:
            for context in contexts:
                history.function()(image, context)
    assert len(asked) == len(pictures) * len(contexts)


def test_a_run_with_a_time_limit_gives_no_answer_to_others_and_takes_none(asked, methods_once, pictures) -> None:
    history = next(check for check in CHECKS if check.name == "history")
    hurried, unhurried = Context(now=NOW, left_s=lambda: 1.0), Context(now=NOW)
    for context in (hurried, unhurried, hurried, unhurried):
        history.function()(pictures[0], context)
    assert [context.left_s is None for _, context in asked] == [False, True, False]


def test_what_rests_on_more_than_the_picture_is_asked_each_time(asked, methods_once, pictures) -> None:
    search = next(check for check in CHECKS if check.name == "search")
    for _ in range(2):
        search.function()(pictures[0], Context(now=NOW))
    assert len(asked) == 2
