"""The likeness of a match comes from the set that the match is from, never from another that knows the same digest."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from provenance import add, reference_set
from provenance.desk.showing import of_reference
from provenance.fingerprint.local import thumbnail
from provenance.image.decoding.decoder import Decoder
from provenance.model.image import WorkingCopy
from provenance.model.limits import Limits
from provenance.model.matches import Answer, Match, Reference
from provenance.model.publication import CopyKind
from provenance.model.record import Entry
from provenance.model.source import Source, SourceKind
from provenance.reference.open import open_set
from provenance.reference.sqlite.store import SQLiteStore

BLACK = WorkingCopy(pixels=np.zeros((96, 128, 3), np.uint8))


def desk(folder: Path) -> tuple[SQLiteStore, str]:
    """A set of one bright picture whose file is gone, and its digest."""
    coarse = np.random.default_rng(3).integers(150, 255, (6, 8, 3), np.uint8)
    file = folder / "picture.png"
    Image.fromarray(coarse).resize((640, 480), Image.Resampling.BICUBIC).save(file)
    add([file], reference=folder / "desk.sqlite")
    file.unlink()
    store = reference_set(folder / "desk.sqlite")
    return store, store.list()[0].reference.image_id


def stranger(path: Path, store: SQLiteStore, image_id: str, name: str) -> SQLiteStore:
    """A set that holds a black likeness under the digest of the desk's picture."""
    made = open_set(path, create=True, name=name)
    features = dataclasses.replace(store.features([image_id])[image_id], thumbnail=thumbnail.encode(BLACK))
    given = Entry(
        image_id=image_id,
        size_bytes=9,
        width_px=640,
        height_px=480,
        media_type="image/png",
        path="",
        fingerprints=(),
        features=features,
    )
    made.add([given])
    return made


@pytest.mark.parametrize(("name", "shown"), [("stranger", True), ("desk", False)])
def test_another_set_never_supplies_the_likeness_of_a_match(tmp_path, name, shown) -> None:
    store, image_id = desk(tmp_path)
    other = stranger(tmp_path / "other.sqlite", store, image_id, name)
    match = Match(
        source=Source(kind=SourceKind.PROGRAM, name="provenance", origin="provenance"),
        statement="It meets a picture of the set desk.",
        method="search",
        reference=Reference(set_name="desk", image_id=image_id, path="", name="", width_px=640, height_px=480),
        answer=Answer.COPY,
        copy=CopyKind.NEAR,
        fingerprint="phash256/1",
        distance_bits=1,
        radius_bits=40,
        transform="as it is",
    )
    with Decoder() as decoder:
        for stores in ([other, store], [store, other]):
            found = of_reference(match, stores, decoder, Limits(), None)
            assert found.likeness == shown and (found.copy is not None) == shown
            assert not shown or found.copy.pixels.mean() > 100
        assert of_reference(match, [store], decoder, Limits(), None).copy.pixels.mean() > 100
        assert of_reference(match, [other], decoder, Limits(), None).likeness == (not shown)
    store.close()
    other.close()
