"""How many points a set keeps of a picture is the desk's to choose."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from provenance import add, reference_set
from provenance.desk.desk import Desk
from provenance.errors import UsageError
from provenance.fingerprint.local.detect import REFERENCE_POINTS
from provenance.model.finding import Question
from provenance.model.matches import Answer, Match
from provenance.sets.filing import reindex


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    coarse = np.random.default_rng(4).integers(0, 255, (48, 64, 3), np.uint8)
    path = tmp_path / "picture.png"
    Image.fromarray(coarse).resize((512, 384), Image.Resampling.BICUBIC).save(path)
    return path


def kept(path: Path) -> int:
    """Points of the picture of which most are kept."""
    store = reference_set(path)
    found = store.features([stored.reference.image_id for stored in store.list(limit=10)])
    store.close()
    return max(features.points for features in found.values())


def matched(query: Path, path: Path) -> Match:
    with Desk(references=[path], questions=(Question.SEEN_BEFORE,)) as desk:
        (match,) = (item for item in desk.check(query).report.evidence if isinstance(item, Match))
    return match


@pytest.mark.parametrize(("points", "jobs"), [(None, 1), (100, 2)])
def test_as_many_points_as_asked_and_the_picture_is_found(tmp_path: Path, picture: Path, points, jobs) -> None:
    blank = tmp_path / "blank.png"
    Image.new("RGB", (64, 64)).save(blank)
    add([picture, blank], reference=tmp_path / "set.sqlite", points=points, jobs=jobs)
    number = kept(tmp_path / "set.sqlite")
    assert number == (points or REFERENCE_POINTS)
    query = tmp_path / "query.png"
    Image.open(picture).crop((60, 50, 400, 300)).save(query)
    assert matched(query, tmp_path / "set.sqlite").answer is Answer.COPY


def test_a_number_out_of_range_makes_no_set(tmp_path: Path, picture: Path) -> None:
    for points in (0, 99, 301):
        with pytest.raises(UsageError, match="cannot be kept"):
            add([picture], reference=tmp_path / "set.sqlite", points=points)
    assert not (tmp_path / "set.sqlite").exists()
    add([picture], reference=tmp_path / "set.sqlite")
    store = reference_set(tmp_path / "set.sqlite")
    with pytest.raises(UsageError):
        reindex(store, points=5)
    store.close()
