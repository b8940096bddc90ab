"""Real photographs, degraded: those in the set are found, strangers are not."""

import csv
import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from provenance.fingerprint.whole_frame import fingerprints
from provenance.matching.planting import LEAST_LEFT_S
from provenance.matching.search import check
from provenance.model.context import Context
from provenance.model.image import WorkingCopy
from provenance.model.matches import Match
from provenance.model.publication import CopyKind
from provenance.model.record import Entry
from provenance.reference.open import open_set
from tests.matching.pictures import image_of

PHOTOS = Path(__file__).resolve().parents[2].parent / "shared" / "corpora" / "photos"
NOW = datetime(2026, 1, 2, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not PHOTOS.exists(), reason=f"the photographs are not at {PHOTOS}")


def files(role: str) -> list[Path]:
    with (PHOTOS / "manifest.csv").open(encoding="utf-8") as rows:
        return [PHOTOS / row["file"] for row in csv.DictReader(rows) if row["role"] == role]


def pixels(path: Path) -> np.ndarray:
    return np.asarray(Pillow.open(path).convert("RGB"))


def resaved(picture: np.ndarray, quality: int = 30, longest_px: int = 320) -> np.ndarray:
    smaller = Pillow.fromarray(np.ascontiguousarray(picture))
    smaller.thumbnail((longest_px, longest_px))
    buffer = io.BytesIO()
    smaller.save(buffer, "JPEG", quality=quality)
    return np.asarray(Pillow.open(buffer).convert("RGB"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    store = open_set(tmp_path_factory.mktemp("sets") / "desk.sqlite", create=True)
    entries = []
    for path in files("originals") + files("references"):
        made = fingerprints(WorkingCopy(pixels=pixels(path)))
        entries.append(
            Entry(
                image_id=hashlib.sha256(path.read_bytes()).hexdigest(),
                size_bytes=path.stat().st_size,
                width_px=1,
                height_px=1,
                media_type="image/jpeg",
                path=path.name,
                fingerprints=made,
            )
        )
    store.add(entries)
    yield store
    store.close()


def found(desk, picture: np.ndarray) -> list[Match]:
    """Too little time is left to plant variants, which say what a search would find and find nothing themselves."""
    outcome = check(image_of(picture), Context(now=NOW, references=(desk,), left_s=lambda: LEAST_LEFT_S - 1))
    return [item for item in outcome.evidence if isinstance(item, Match)]


@pytest.mark.parametrize("path", files("originals")[::6] if PHOTOS.exists() else [], ids=lambda path: path.name)
def test_a_photograph_saved_again_is_found_and_nothing_else(desk, path: Path) -> None:
    matches = found(desk, resaved(pixels(path)))
    assert [match.reference.path for match in matches] == [path.name]


def test_mirrored_photographs_are_found_and_called_mirrored(desk) -> None:
    for path in files("originals")[:20]:
        (match,) = found(desk, resaved(pixels(path)[:, ::-1]))
        assert (match.reference.path, match.copy) == (path.name, CopyKind.MIRRORED)


def test_most_photographs_with_a_caption_are_found(desk) -> None:
    hits = 0
    for path in files("originals")[:40]:
        drawn = Pillow.fromarray(pixels(path))
        font = ImageFont.load_default(drawn.height // 12)
        ImageDraw.Draw(drawn).text((9, drawn.height * 0.8), "SEEN TODAY", "white", font, stroke_width=2, stroke_fill=0)
        hits += [match.reference.path for match in found(desk, resaved(np.asarray(drawn)))] == [path.name]
    assert hits >= 36


@pytest.mark.parametrize("first", range(0, 100, 25))
def test_a_hundred_strangers_match_nothing(desk, first: int) -> None:
    strangers = files("strangers")[first : first + 25]
    assert len(strangers) == 25
    assert [path.name for path in strangers if found(desk, resaved(pixels(path)))] == []
