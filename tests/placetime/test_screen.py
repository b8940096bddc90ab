"""Words on a screen: letters and scripts, lines as a post, and the check with and without the program that reads."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from provenance.findings.strength import means_capture
from provenance.image.decode import Decoder
from provenance.image.load import load
from provenance.model.context import Context
from provenance.model.evidence import Claim, Fact
from provenance.model.image import Image, Original, Structure, WorkingCopy
from provenance.model.limits import Limits
from provenance.model.outcome import Ran, Skipped
from provenance.model.time import parse_interval
from provenance.placetime.screen import tesseract
from provenance.placetime.screen.check import check
from provenance.placetime.screen.letters import language, scripts, unmixed
from provenance.placetime.screen.lines import TextLine, prepared
from provenance.placetime.screen.post import post
from provenance.placetime.screen.said import SHOWN_TIME

CONTEXT = Context(now=datetime(2024, 11, 15, 9, tzinfo=UTC))
SCREEN = Path(__file__).resolve().parents[2] / "samples" / "railcar_post.png"
readable = pytest.mark.skipif(shutil.which("tesseract") is None, reason="the program tesseract is not installed")


def lines(*texts: str) -> list[TextLine]:
    return [TextLine(text=text, box_px=(0, 20 * n, 200, 20 * n + 16)) for n, text in enumerate(texts)]


@pytest.fixture(scope="module")
def screen() -> Image:
    with Decoder() as decoder:
        return load(SCREEN, decoder, Limits())


@pytest.fixture(autouse=True)
def asked_anew() -> None:
    tesseract.languages.cache_clear()


def test_look_alike_letters_go_with_the_letters_around_them() -> None:
    assert unmixed("3:42 РМ") == "3:42 PM"
    assert unmixed("стоят c самого утра") == "стоят с самого утра"
    assert unmixed("Кurskий") == "Кurskий"


def test_scripts_and_the_language_that_letters_decide() -> None:
    assert scripts("Kursk и Курск 쿠르스크")[0][0] == "Cyrillic"
    assert language("Потяг із краном прибув на станцію") == "Ukrainian"
    assert language("мы видели этот поезд утром") == "Russian"
    assert language("오늘 아침 역 근처에서 화물 열차를") == "Korean"
    assert language("Київ") == "" and language("поезд на станции стоит") == ""


def test_the_lines_of_a_post_are_sorted() -> None:
    told = post(
        lines("Rail Watch", "@railwatch_77", "Guns on a flat car", "3:42 PM - Nov 14, 2024", "1,204 Reposts"),
        lambda line: [line.text],
    )
    assert told.handles == ("@railwatch_77",) and told.counts == ("1,204 Reposts",)
    assert told.caption == ("Rail Watch", "Guns on a flat car") and told.script == "Latin"
    (shown,) = told.times
    assert shown.agreed and shown.told.readings == (parse_interval("2024-11-14T15:42"),)


def test_a_time_that_two_looks_read_differently_does_not_count() -> None:
    (shown,) = post(lines("3:42 PM · Nov 14, 2024"), lambda line: ["8:42 PM · Nov 14, 2024", ""]).times
    assert not shown.agreed
    (again,) = post(lines("3:42 PM · Nov 14, 2024"), lambda line: ["", "3:42 PM - Nov 14, 2024"]).times
    assert again.agreed


def test_a_caption_that_says_today_shows_no_time() -> None:
    told = post(lines("today the train left the station for the west"), lambda line: [line.text])
    assert told.times == () and told.caption


def test_dark_screens_are_turned_light_and_photographs_painted_over() -> None:
    pixels = np.full((300, 400, 3), 20, np.uint8)
    pixels[100:200, 100:300] = 200
    page = prepared(WorkingCopy(pixels=pixels), [(100, 100, 300, 200)])
    assert page.scale == 3.0 and page.grey.shape == (900, 1200) and page.grey.min() > 200


def test_a_photograph_is_not_read(screen: Image) -> None:
    plain = np.random.default_rng(0).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    outcome = check(_image(plain), CONTEXT)
    assert isinstance(outcome, Ran) and not outcome.evidence and "no screen" in outcome.note


def test_without_tesseract_a_screen_is_skipped_with_a_remedy(screen: Image, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    outcome = check(screen, CONTEXT)
    assert isinstance(outcome, Skipped) and "Tesseract" in outcome.reason and "tesseract" in outcome.remedy


def test_a_tesseract_that_fails_is_skipped_and_no_failure(screen: Image, monkeypatch, tmp_path) -> None:
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\nif [ "$1" = --list-langs ]; then echo eng; exit 0; fi\ncat >/dev/null; exit 3\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    outcome = check(screen, CONTEXT)
    assert isinstance(outcome, Skipped) and "ended with 3" in outcome.reason


def test_hostile_answers_of_the_program_are_passed_over(monkeypatch, tmp_path) -> None:
    rows = [
        "level\tblock_num\tpar_num\tline_num\tleft\ttop\twidth\theight\tconf\ttext",
        "x\ty",
        "5\t1\t1\t1\t0\t0\t9\t9\tnan?\ta",
    ]
    rows += ["5\t1\t1\t1\t0\t0\t9\t9\t90\tgood"]
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\ncat >/dev/null\nprintf '%s\\n' " + " ".join(f"'{row}'" for row in rows))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    found = tesseract.words(np.zeros((10, 10), np.uint8), wanted=("eng",), way=tesseract.PAGE)
    assert [word.text for word in found] == ["good"]


@readable
def test_the_founding_sample_is_read(screen: Image) -> None:
    outcome = check(screen, CONTEXT)
    assert isinstance(outcome, Ran)
    (shown,) = [item for item in outcome.evidence if isinstance(item, Claim) and item.basis == SHOWN_TIME]
    assert shown.time == parse_interval("2024-11-14T15:42") and shown.by == "whoever made the screenshot"
    assert not means_capture(shown) and str(shown.grade) == "F6"
    handles = [item.raw for item in outcome.evidence if isinstance(item, Fact) and item.key == "screen.handle"]
    assert "@railwatch_demo" in handles
    assert any("spotted in Russia" in item.quote for item in outcome.evidence if isinstance(item, Claim))


def _image(pixels: np.ndarray) -> Image:
    original = Original(name="a.png", path="a.png", sha256="ab" * 32, size_bytes=1, media_type="image/png")
    return Image(
        original=original,
        data=b"",
        structure=Structure(media_type="image/png"),
        working_copy=WorkingCopy(pixels=pixels),
    )
