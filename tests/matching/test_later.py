"""Later looks: small photographs on large pages, both ways of comparing, matches by date, one core and two."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont, ImageOps

from provenance.findings import altered
from provenance.fingerprint.local.encode import features
from provenance.fingerprint.whole_frame import describe
from provenance.matching import spoken
from provenance.matching.compare import compare
from provenance.matching.search import check
from provenance.matching.sighted import sight, sighted, within
from provenance.matching.views import Views
from provenance.model.context import Context
from provenance.model.finding import Verdict
from provenance.model.image import WorkingCopy
from provenance.model.matches import Answer, Match
from provenance.model.outcome import CheckRun, Ran
from provenance.model.publication import DateBasis
from provenance.model.record import Record
from provenance.reference.open import open_set
from tests.matching.pictures import entry, image_of, sample

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 1, 2, tzinfo=UTC)
BOX = 90, 700, 350, 873
"""Where the small photograph lies on the page."""


def matches(picture: Pillow.Image, store) -> list[Match]:
    outcome = check(image_of(picture), Context(now=NOW, references=(store,)))
    assert isinstance(outcome, Ran)
    return [item for item in outcome.evidence if isinstance(item, Match)]


def page(picture: Pillow.Image) -> Pillow.Image:
    """A long page of words with one small photograph."""
    screen = Pillow.new("RGB", (1080, 2160), "white")
    draw = ImageDraw.Draw(screen)
    for row in range(44):
        if 640 <= 40 + 48 * row <= 900:
            continue
        draw.text((60, 40 + 48 * row), f"Line {row * 7919 % 1000} of the long story, told again {row}", "black",
                  ImageFont.load_default(30))  # fmt: skip
    screen.paste(picture.resize((BOX[2] - BOX[0], BOX[3] - BOX[1]), Pillow.Resampling.LANCZOS), BOX[:2])
    return screen


def test_a_photograph_too_small_for_the_first_look_is_seen_by_a_later_one(desk, yard) -> None:
    buffer = io.BytesIO()
    page(yard).resize((1000, 2000)).save(buffer, "JPEG", quality=40)
    made = Pillow.open(buffer).convert("RGB")
    copy = WorkingCopy(pixels=np.ascontiguousarray(made))
    first = sight(desk, Views(copy=copy, frame=describe(copy)).whole.query)
    assert not [one for one in first if one.answer is not Answer.NO_MATCH]
    (found,) = matches(made, desk)
    assert found.reference.image_id == hashlib.sha256(np.ascontiguousarray(yard).tobytes()).hexdigest()
    # So small on the page, it is called an element of it.
    assert found.answer is Answer.SHARED_ELEMENT and found.alignment is not None
    assert found.alignment.query_share < 0.02


def test_a_page_that_joins_the_set_takes_the_older_photograph_in_it_from_no_answer(tmp_path, yard) -> None:
    buffer = io.BytesIO()
    page(yard).save(buffer, "JPEG", quality=60)
    forwarded = Pillow.open(buffer).convert("RGB")
    store = open_set(tmp_path / "desk.sqlite", create=True)
    store.add([entry(yard)])
    before = {match.reference.image_id for match in matches(page(yard), store) if match.answer is Answer.COPY}
    store.add([entry(forwarded), entry(page(yard))])
    after = {match.reference.image_id for match in matches(page(yard), store) if match.answer is Answer.COPY}
    store.close()
    assert before and before < after


def test_the_region_of_a_small_photograph_is_told_in_pixels_of_the_whole_page(desk, yard) -> None:
    (found,) = [match for match in matches(page(yard), desk) if match.answer is Answer.COPY]
    assert found.reference.image_id == hashlib.sha256(np.ascontiguousarray(yard).tobytes()).hexdigest()
    laid = found.alignment
    assert laid is not None and laid.reference_share > 0.95
    polygon = np.array(laid.query_region)
    assert np.allclose(polygon.min(axis=0), BOX[:2], atol=4) and np.allclose(polygon.max(axis=0), BOX[2:], atol=4)
    assert laid.query_share == pytest.approx(260 * 173 / (1080 * 2160), rel=0.05)


def test_an_inner_photograph_asked_on_its_own_is_told_in_pixels_of_the_whole(yard) -> None:
    copy = WorkingCopy(pixels=np.ascontiguousarray(page(ImageOps.mirror(yard))))
    views = Views(copy=copy, frame=describe(copy))
    view = views.part((BOX[0] - 10, BOX[1] - 5, BOX[2] + 20, BOX[3] + 9))
    kept = features(WorkingCopy(pixels=np.ascontiguousarray(yard)))
    one = sighted(view.query, kept, "yard", mirrored=True)
    assert one is not None
    laid = spoken.alignment(within(one, view), query_px=views.size_px, reference_px=yard.size)
    assert laid.mirrored and laid.reference_share > 0.95
    polygon = np.array(laid.query_region)
    assert np.allclose(polygon.min(axis=0), BOX[:2], atol=4) and np.allclose(polygon.max(axis=0), BOX[2:], atol=4)
    for x, y, u, v in laid.pairs:
        assert BOX[0] - 3 < x < BOX[2] + 3 and BOX[1] - 3 < y < BOX[3] + 3
        moved = np.array(laid.matrix).reshape(3, 3) @ (x, y, 1)
        assert np.hypot(*(moved[:2] / moved[2] - (u, v))) < 0.02 * yard.width


def test_a_mirrored_small_photograph_is_found_and_called_mirrored(desk, yard) -> None:
    (found,) = [match for match in matches(page(ImageOps.mirror(yard)), desk) if match.answer is Answer.COPY]
    assert found.alignment is not None and found.alignment.mirrored
    x, y, u, v = found.alignment.pairs[0]
    moved = np.array(found.alignment.matrix).reshape(3, 3) @ (x, y, 1)
    assert np.hypot(*(moved[:2] / moved[2] - (u, v))) < 0.02 * yard.width


def test_a_stranger_on_a_long_page_stays_unmatched(desk) -> None:
    assert [match for match in matches(page(sample("stranger.jpg")), desk) if match.answer is Answer.COPY] == []


@pytest.mark.parametrize("mirrored", [False, True])
def test_compare_finds_the_part_from_either_side(yard, mirrored) -> None:
    crop = yard.crop((300, 150, 1000, 650)).resize((560, 400))
    crop = ImageOps.mirror(crop) if mirrored else crop
    into, back = compare(image_of(crop), image_of(yard)), compare(image_of(yard), image_of(crop))
    assert into.answer is back.answer is Answer.COPY
    first, second = into.alignment, back.alignment
    assert first is not None and second is not None and first.pairs and second.pairs
    assert first.mirrored is second.mirrored is mirrored
    assert first.reference_share == pytest.approx(second.query_share, abs=0.02)
    assert first.scale == pytest.approx(1 / second.scale, rel=0.02)
    product = np.array(first.matrix).reshape(3, 3) @ np.array(second.matrix).reshape(3, 3)
    spot = product @ (650, 400, 1)
    assert np.allclose(spot[:2] / spot[2], (650, 400), atol=4)


def test_the_earliest_published_copy_comes_first(tmp_path, yard) -> None:
    def dated(day: str) -> Record:
        return Record(published=day, published_basis=DateBasis.PLATFORM_UTC, publisher=f"p{day}")

    store = open_set(tmp_path / "dates.sqlite", create=True)
    late, early, undated = yard.resize((900, 600)), yard.crop((150, 100, 1100, 740)), yard.resize((700, 466))
    store.add([entry(late, dated("2020-05-01")), entry(early, dated("2011-02-03")), entry(undated)])
    found = [match for match in matches(yard, store) if match.answer is Answer.COPY]
    order = [hashlib.sha256(np.ascontiguousarray(one).tobytes()).hexdigest() for one in (early, late, undated)]
    assert [match.reference.image_id for match in found] == order
    store.close()


def test_a_copy_that_was_only_cut_or_framed_is_not_said_to_differ(desk, yard) -> None:
    runs = (CheckRun(check="declared-size", outcome=Ran(evidence=())),)
    cut = altered.finding(matches(yard.crop((500, 300, 1100, 780)), desk), runs)
    assert cut is not None and cut.verdict is Verdict.NO_TRACE_FOUND
    assert any("ropped to" in sentence.text for sentence in cut.sentences)
    mirrored = altered.finding(matches(ImageOps.mirror(yard.crop((500, 300, 1100, 780))), desk), runs)
    assert mirrored is not None and mirrored.verdict is Verdict.DIFFERS


_ASKED = """
import sys, cv2
cv2.setNumThreads(int(sys.argv[1]))
import numpy as np
from pathlib import Path
sys.path.insert(0, str(Path(sys.argv[2]) / "tests" / "matching"))
import test_later as it
match = it.compare(it.image_of(it.sample("railcar_post.png")), it.image_of(it.sample("reference/railcar_yard.jpg")))
print(match.answer.value, match.id, match.alignment.matrix)
"""


def test_one_core_and_two_give_the_same_answer_to_the_digit() -> None:
    said = []
    for threads in ("1", "2"):
        limits = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), threads)
        run = subprocess.run(
            [sys.executable, "-c", _ASKED, threads, str(ROOT)],
            env={**os.environ, **limits, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        said.append(run.stdout)
    assert said[0] == said[1] and said[0].startswith("copy")
