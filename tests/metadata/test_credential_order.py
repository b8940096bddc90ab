"""The library lists assertions in another order in every run; the chain must not."""

import itertools

from provenance.metadata.credentials.chain import chain
from provenance.metadata.credentials.library import Reading
from provenance.metadata.credentials.lists import TrustList
from provenance.model.limits import Limits

NAMES = ("c2pa.ingredient", "c2pa.ingredient__2", "c2pa.ingredient__10", "c2pa.ingredient__x")


def test_ingredients_come_by_their_label_whatever_order_they_are_listed_in() -> None:
    for names in itertools.permutations(NAMES):
        store = {name: {"dc:title": name, "relationship": "componentOf"} for name in names}
        manifest = {"claim": {}, "assertion_store": store}
        reading = Reading(
            trust_list=TrustList(name="a list", anchors=""), active="m", manifests={"m": manifest}, results={}
        )
        titles = [ancestor.signing.title for ancestor in chain(reading, Limits()).ancestors]
        assert titles == ["c2pa.ingredient", "c2pa.ingredient__x", "c2pa.ingredient__2", "c2pa.ingredient__10"]
