"""Sets that bear one name, told apart by their identifiers, so that each hit says which set it is from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..model.record import SetState
from .sought import SetAnswer

_SHOWN = 8  # digits of an identifier that is made at random


def told_apart(answers: Sequence[SetAnswer]) -> list[SetAnswer]:
    """The same answers; different sets with one name bear the first digits of their identifiers behind it."""
    sets = {(answer.state.name, answer.state.set_id) for answer in answers}
    shared = Counter(name for name, _ in sets)
    return [answer if shared[answer.state.name] == 1 else _named(answer) for answer in answers]


def with_identifier(state: SetState) -> str:
    """What a set is called where another bears its name."""
    return f"{state.name} ({state.set_id[:_SHOWN]})"


def _named(answer: SetAnswer) -> SetAnswer:
    name = with_identifier(answer.state)
    stored = {
        image_id: replace(one, reference=replace(one.reference, set_name=name))
        for image_id, one in answer.stored.items()
    }
    return replace(answer, state=replace(answer.state, name=name), stored=stored)
