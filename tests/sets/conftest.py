"""A decoder for the tests of a file, and an empty set."""

from pathlib import Path

import pytest

from provenance.image.decoding.decoder import Decoder
from provenance.reference.open import open_set


@pytest.fixture(scope="module")
def decoder():
    with Decoder() as decoder:
        yield decoder


@pytest.fixture
def store(tmp_path: Path):
    store = open_set(tmp_path / "set" / "desk.sqlite", create=True)
    yield store
    store.close()
