"""What the answers of a run rest on besides the picture: as its report notes it, and as a run that goes on holds it
against what it had.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from ..errors import ReferenceSetError
from ..model.canonical import plain
from ..model.context import TrustAnchors
from ..model.evidence import Evidence
from ..model.finding import Question
from ..model.limits import Limits
from ..model.outside import Outside
from ..model.record import ReferenceStore
from ..sets.which import OpenSets


def basis(
    questions: tuple[Question, ...], statements: Sequence[Evidence], anchors: Sequence[TrustAnchors], sets: OpenSets
) -> dict[str, object]:
    """The questions, what was said, whom the desk trusts and what is searched, as plain JSON: equal where two desks
    would answer alike.
    """
    return {
        "questions": plain(questions),
        "statements": [item.id for item in statements],
        "trust_lists": [hashlib.sha256(listed.pem.encode()).hexdigest() for listed in anchors],
        "sets": [_state_of(store) for store in sets.stores],
        "notes": list(sets.notes),
    }


def settings(within_s: float | None, limits: Limits, sets: OpenSets) -> dict[str, object]:
    """Under which bounds a report was made."""
    return {"within_s": within_s, "limits": plain(limits), "references_unfinished": sets.unfinished}


def settings_outside(outside: Outside | None, addresses: tuple[str, ...]) -> dict[str, object]:
    """Who might be asked outside, and about which addresses; nothing where nobody was."""
    where: dict[str, object] = {"addresses": list(addresses)} if addresses else {}
    if outside is None:
        return where
    return {**where, "online": {"services": list(outside.services), "send_picture": outside.send_picture}}


def _state_of(store: ReferenceStore) -> list[str]:
    try:
        state = store.state()
    except ReferenceSetError as error:
        return [str(error)]
    return [state.name, state.set_id, state.snapshot]
