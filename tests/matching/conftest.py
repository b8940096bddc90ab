"""The samples as a set to search."""

import pytest
from PIL import Image as Pillow

from provenance.reference.open import open_set
from tests.matching.pictures import SAMPLES, entry, sample


@pytest.fixture(scope="module")
def yard() -> Pillow.Image:
    return sample("reference/railcar_yard.jpg")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    store = open_set(tmp_path_factory.mktemp("sets") / "desk.sqlite", create=True)
    store.add([entry(Pillow.open(path).convert("RGB")) for path in sorted((SAMPLES / "reference").glob("*.jpg"))])
    yield store
    store.close()
