"""Facts of an outcome by their key."""

from provenance.model.evidence import Fact
from provenance.model.outcome import Ran


def facts(outcome: Ran, key: str) -> list[Fact]:
    return [item for item in outcome.evidence if isinstance(item, Fact) and item.key == key]
