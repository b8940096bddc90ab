"""Words on a screen: letters and scripts, lines as a post, and the check with and without the program that reads."""

from __future__ import annotations

import os
import select
import shutil
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from provenance.findings.strength import means_capture
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load
from provenance.model.context import Context
from provenance.model.evidence import Claim, Fact
from provenance.model.image import Image, Original, Structure, WorkingCopy
from provenance.model.limits import Limits
from provenance.model.outcome import Ran, Skipped
from provenance.model.time import parse_interval
from provenance.placetime.screen import lines as reading
from provenance.placetime.screen import tesseract
from provenance.placetime.screen.check import SOURCE, check
from provenance.placetime.screen.letters import language, marked, script_of, scripts, unmixed
from provenance.placetime.screen.lines import prepared, read_again, read_lines
from provenance.placetime.screen.post import MOST_AGAIN, post
from provenance.placetime.screen.program import answer
from provenance.placetime.screen.said import SAID_TIME, SHOWN_ADDRESS, SHOWN_TIME
from provenance.placetime.screen.text_line import TextLine

CONTEXT = Context(now=datetime(2024, 11, 15, 9, tzinfo=UTC))
SCREEN = Path(__file__).resolve().parents[2] / "samples" / "railcar_post.png"
readable = pytest.mark.skipif(shutil.which("tesseract") is None, reason="the program tesseract is not installed")


def soon() -> float:
    return time.monotonic() + 20


def lines(*texts: str, confidence: float = 90.0) -> list[TextLine]:
    boxes = [(0, 20 * n, 200, 20 * n + 16) for n in range(len(texts))]
    return [TextLine(text=text, box_px=box, confidence=confidence) for text, box in zip(texts, boxes, strict=True)]


@pytest.fixture(scope="module")
def screen() -> Image:
    with Decoder() as decoder:
        return load(SCREEN, decoder, Limits())


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


def grid(rows: int) -> np.ndarray:
    """Two photographs side by side, two pixels apart, under so many lines of words on white."""
    chance = np.random.default_rng(4)
    drawn = Pillow.new("RGB", (540, 700), "white")
    for left in (0, 271):
        coarse, fine = (Pillow.fromarray(chance.integers(20, 235, (n, n, 3), np.uint8)) for n in (5, 60))
        size, smooth = (269, 300), Pillow.Resampling.BICUBIC
        drawn.paste(Pillow.blend(coarse.resize(size, smooth), fine.resize(size, smooth), 0.4), (left, 300))
    for row in range(rows):
        ImageDraw.Draw(drawn).text((16, 60 + 70 * row), "Seen here today by many", "black", ImageFont.load_default(24))
    return np.asarray(drawn)


@pytest.mark.parametrize(("rows", "read"), [(0, False), (1, False), (2, True), (3, True)])
def test_words_are_read_beside_frames_and_grids_too(rows: int, read: bool, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    outcome = check(_image(grid(rows)), CONTEXT)
    assert isinstance(outcome, Skipped) if read else isinstance(outcome, Ran) and "no screen" in outcome.note


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
    found = tesseract.words(np.zeros((10, 10), np.uint8), wanted=("eng",), way=tesseract.PAGE, deadline_s=soon())
    assert [word.text for word in found] == ["good"]


def program_of(script: str, monkeypatch, tmp_path) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")


def asked() -> None:
    tesseract.words(np.zeros((10, 10), np.uint8), wanted=("eng",), way=tesseract.PAGE, deadline_s=soon())


def test_an_answer_that_is_no_table_is_a_failure_of_the_program(monkeypatch, tmp_path) -> None:
    program_of("cat >/dev/null; echo text; head -c 200000 /dev/zero | tr '\\0' a", monkeypatch, tmp_path)
    with pytest.raises(OSError, match="no table"):
        asked()


def test_an_endless_answer_is_cut_off(monkeypatch, tmp_path) -> None:
    program_of("cat >/dev/null; yes", monkeypatch, tmp_path)
    with pytest.raises(OSError, match="wrote more than 16,777,216 bytes"):
        asked()


def test_past_the_time_the_program_ends_with_all_it_started(tmp_path) -> None:
    """What it started holds a pipe open as long as it lives: the last of them that ends lets the reader go on."""
    os.mkfifo(tmp_path / "held")
    command = ["/bin/sh", "-c", f"exec 3> {tmp_path / 'held'}; echo here >&3; sleep 100 & sleep 100"]
    for within_s in (1, 5, 25):  # on a busy machine it had not even begun
        reader = os.open(tmp_path / "held", os.O_RDONLY | os.O_NONBLOCK)
        with pytest.raises(TimeoutError):
            answer(command, b"", deadline_s=time.monotonic() + within_s, most_bytes=10, memory_bytes=2**30)
        os.set_blocking(reader, True)
        begun = select.select([reader], [], [], 50)[0] and os.read(reader, 100) == b"here\n"
        if begun:
            break
        os.close(reader)
    assert begun
    assert select.select([reader], [], [], 50)[0] and os.read(reader, 100) == b"", "something lives on"
    os.close(reader)


def test_a_program_that_reads_nothing_is_no_trouble() -> None:
    told = answer(["/bin/echo", "a"], b"x" * 2**20, deadline_s=soon(), most_bytes=10, memory_bytes=2**30)
    assert told == b"a\n"


def test_the_languages_are_asked_for_anew(monkeypatch, tmp_path) -> None:
    program_of("echo eng", monkeypatch, tmp_path)
    assert tesseract.languages() == ("eng",)
    program_of("echo kor", monkeypatch, tmp_path)
    assert tesseract.languages() == ("kor",)


def test_the_script_that_a_line_is_read_again_in() -> None:
    assert script_of("Post your reply") == "Latin" and script_of("14.11.2024") == ""
    assert script_of("Мост под Курском @redstar_news") == "Cyrillic"
    assert script_of("철도 소식을 전하는 @rail_sosik") == "Hangul"
    assert script_of("철도 소식 @rail_sosik_news") == ""  # neither reader alone would do


def test_a_line_of_another_script_is_kept_in_it(monkeypatch) -> None:
    page = prepared(WorkingCopy(pixels=np.full((200, 400, 3), 255, np.uint8)), [])
    caption, reply, lost = "Мост под Курском взорван", "Post your reply and some more words here", "@handle_of_it"
    looks = {
        ("eng", "rus", "ukr", "kor"): (caption, reply, lost),
        ("rus", "ukr", "eng"): (caption.upper(), "Розт your reply"),
        ("eng",): ("Moct nog Kypckom B3opBaH", reply.upper()),
    }
    monkeypatch.setattr(reading, "_lines", lambda grey, scale, languages, deadline_s: tuple(lines(*looks[languages])))
    found = read_lines(page, ("eng", "rus", "ukr", "kor"), deadline_s=soon())
    assert [line.text for line in found.lines] == [caption.upper(), reply.upper(), lost]


ALL = ("eng", "rus", "ukr", "kor")
BLANK = WorkingCopy(pixels=np.full((200, 400, 3), 255, np.uint8))


def test_syllables_that_were_taken_for_latin_letters_are_read_as_hangul(monkeypatch) -> None:
    looks = {
        ALL: [*lines("SASt Sx, &At", confidence=54), *lines("", "@sokbo and more words")[1:]],
        ("eng",): [*lines("SASt Sx, &At", confidence=54), *lines("", "@sokbo and more words")[1:]],
        ("kor",): [*lines("하산역 도착 열차", confidence=93), *lines("", "6소10 5106", confidence=60)[1:]],
    }
    monkeypatch.setattr(reading, "_lines", lambda grey, scale, languages, deadline_s: tuple(looks[languages]))
    found = read_lines(prepared(BLANK, []), ALL, deadline_s=soon())
    assert [line.text for line in found.lines] == ["하산역 도착 열차", "@sokbo and more words"] and found.unread == 0


def test_a_time_is_not_given_up_for_a_reading_as_hangul(monkeypatch) -> None:
    shown, noise = lines("7:08 - 18 лип. 2022 р.", confidence=92), lines("", "bill asy Cle", confidence=40)[1:]
    looks = {
        ALL: [*shown, *noise],
        ("rus", "ukr", "eng"): [*shown, *noise],
        ("eng",): [*lines("7:08 - 18 aun. 2022 p.", confidence=84), *noise],
        ("kor",): lines("7:08 ㆍ 18110. 2022 ㅁ . ㅁ ㅁ", confidence=90),
    }
    monkeypatch.setattr(reading, "_lines", lambda grey, scale, languages, deadline_s: tuple(looks[languages]))
    found = read_lines(prepared(BLANK, []), ALL, deadline_s=soon())
    assert [line.text for line in found.lines] == ["7:08 - 18 лип. 2022 р."]


def test_the_half_of_the_day_is_read_where_its_first_syllable_is_lost() -> None:
    for half, hour in (("후 ", 15), ("전 ", 3), ("", 3)):
        (told,) = post(lines(f"{half}3:42 ㆍ 2019년 5월 26일"), lambda line: [line.text]).times
        assert told.agreed and told.told.readings == (parse_interval(f"2019-05-26T{hour:02}:42"),)
    assert marked("식사 후 3:42") == "식사 후 3:42"


def test_a_row_of_few_syllables_is_no_less_sure_than_the_letters_made_of_them(monkeypatch) -> None:
    caption = "부산 근처에서 구독자가 보낸 사진."
    looks = {
        ALL: lines(caption, "QF 12:44 - 201944 531 2691", confidence=81),
        ("kor",): lines(caption, "후 12:44 ㆍ 2019년 5월 26일", confidence=79),
        ("eng",): lines("SA SE", "= 201941 53 264)", confidence=61),
    }
    monkeypatch.setattr(reading, "_lines", lambda grey, scale, languages, deadline_s: tuple(looks[languages]))
    found = read_lines(prepared(BLANK, []), ALL, deadline_s=soon())
    assert [line.text for line in found.lines] == [caption, "후 12:44 ㆍ 2019년 5월 26일"]


@pytest.mark.parametrize(
    ("line", "handles"),
    [
        ("Harbour @port.log · 3h", ("@port.log",)),
        ("@log.bsky.social", ("@log.bsky.social",)),
        ("@watch@social.example says", ("@watch@social.example",)),
        ("Seen by @port. Then more, t.me/harbourlog.", ("@port", "t.me/harbourlog")),
        ("@emma_| and @port.log| and @port.|", ("@port",)),
        ("8 @example.org/k_observer/7676, tiktok.com/@port.log/video/7", ("@port.log",)),
        ("@harb\u043eur, @caf\u00e9, @port-log.bsky.social, @" + "a" * 40, ()),
        ("by @rail_sosik는, mail to desk@port.example", ("@rail_sosik",)),
    ],
)
def test_the_name_of_an_account_is_read_whole_or_not_at_all(line: str, handles: tuple[str, ...]) -> None:
    assert post(lines(line), lambda _: ()).handles == handles


def test_a_screen_that_is_read_surely_is_not_looked_at_in_hangul(monkeypatch) -> None:
    asked: list[tuple[str, ...]] = []

    def look(grey: object, scale: float, languages: tuple[str, ...], deadline_s: float) -> tuple[TextLine, ...]:
        asked.append(languages)
        return tuple(lines("Explosion in Odesa this morning"))

    monkeypatch.setattr(reading, "_lines", look)
    read_lines(prepared(BLANK, []), ALL, deadline_s=soon())
    assert ("kor",) not in asked


def test_lines_that_no_look_is_sure_of_are_left_out_and_counted(monkeypatch) -> None:
    doubtful = lines("bill asy Cle", "9:23 AM - Jul 17, 2023", "hitps://x.com/a/status/1", "Harbour", confidence=40)
    monkeypatch.setattr(reading, "_lines", lambda grey, scale, languages, deadline_s: tuple(doubtful))
    found = read_lines(prepared(BLANK, []), ("eng",), deadline_s=soon())
    assert [line.text for line in found.lines] == ["9:23 AM - Jul 17, 2023", "hitps://x.com/a/status/1"]
    assert found.unread == 2


ADDRESS = "x.com/harbour_watch/status/1857042398457651200"


@pytest.mark.parametrize(
    ("shown", "again", "taken"),
    [
        (f"hitps://{ADDRESS}", [f"https://{ADDRESS}"], (ADDRESS,)),
        (f"https://{ADDRESS}", [f"https://{ADDRESS[:-7]}7651208"], ()),  # one digit amiss
        (f"https://my-{ADDRESS}", [f"https://my-{ADDRESS}"], ()),  # anybody can have such a host
        ("https://x.com/harbour_watch", ["https://x.com/harbour_watch"], ()),
    ],
)
def test_the_number_in_an_address_counts_where_two_looks_agree(
    shown: str, again: list[str], taken: tuple[str, ...]
) -> None:
    assert post(lines(shown), lambda _: again).addresses == taken


def test_the_number_in_an_address_on_the_screen_tells_when_the_post_was_numbered(screen: Image, monkeypatch) -> None:
    looked = reading.Looks(lines=tuple(lines(f"https://{ADDRESS}")), first=(), unread=3)
    monkeypatch.setattr("provenance.placetime.screen.check.languages", lambda: ("eng",))
    monkeypatch.setattr("provenance.placetime.screen.lines.read_lines", lambda *_, **__: looked)
    monkeypatch.setattr("provenance.placetime.screen.lines.read_again", lambda *_, **__: iter([ADDRESS]))
    outcome = check(screen, CONTEXT)
    assert isinstance(outcome, Ran) and "3 lines were not read" in outcome.note
    (found,) = [item for item in outcome.evidence if isinstance(item, Claim) and item.basis == SHOWN_ADDRESS]
    assert found.time is not None and found.time.earliest == datetime(2024, 11, 14, 12, 46, 24, 628000, tzinfo=UTC)
    assert not means_capture(found)


def test_the_k_of_counts_is_no_script() -> None:
    assert post(lines("3.4K 1.2K 214"), lambda _: []).script == ""


def test_the_first_look_does_not_agree_with_itself(monkeypatch) -> None:
    page = prepared(WorkingCopy(pixels=np.full((200, 400, 3), 255, np.uint8)), [])
    (line,) = lines("3:42 PM · Nov 14, 2024")
    looks = reading.Looks(lines=(line,), first=(line,))
    monkeypatch.setattr(reading, "words", lambda *_, **__: ())
    assert list(read_again(page, looks, line, ("eng",), deadline_s=soon())) == [""]


def test_a_time_in_a_sentence_is_not_the_time_of_the_post() -> None:
    told = post(
        lines("Photo taken on 12 August 2019 near Krasnoyarsk, 4400 km from Kursk.", "6:30 PM · Nov 14, 2024"),
        lambda line: [line.text],
    )
    assert told.caption == ("Photo taken on 12 August 2019 near Krasnoyarsk, 4400 km from Kursk.",)
    assert [(one.told.quote, one.in_words) for one in told.times] == [
        ("6:30 PM · Nov 14, 2024", False),
        ("12 August 2019", True),
    ]


def test_sentences_with_names_and_counts_stay_in_the_caption() -> None:
    said = ("@kremlin_bot says bridge is destroyed", "The video has 3,000 views already today", "Desk Watch @deskwatch")
    told = post(lines(*said), lambda line: [line.text])
    assert told.caption == said and told.counts == () and told.times == ()
    assert told.handles == ("@kremlin_bot", "@deskwatch")


def test_a_time_beside_counts_is_the_time_of_the_post() -> None:
    (shown,) = post(lines("3:42 PM · Nov 14, 2024 · 1,234,567,890 Views 22 Quotes"), lambda line: [line.text]).times
    assert not shown.in_words


@pytest.mark.parametrize("text", ["1" * 50_000, "1 " * 10_000, "마음 1," * 9_000, " " * 50_000, "@a" * 25_000])
def test_a_long_line_is_sorted_in_linear_time(text: str) -> None:
    started = time.process_time()
    post(lines(text), lambda line: [])
    assert time.process_time() - started < 3


def test_many_lines_with_a_time_are_not_all_read_again() -> None:
    calls = []

    def again(line: TextLine) -> list[str]:
        calls.append(line)
        return [line.text]

    comments = [f"14.11.2024 18:{minute} comment number {minute} by user" for minute in range(10, 60)]
    told = post(lines(*comments), again)
    assert len(calls) == MOST_AGAIN == len(told.times) and told.left_out == 30 and len(told.caption) == 50


def test_where_the_time_is_up_the_line_stays_as_words() -> None:
    def again(line: TextLine) -> list[str]:
        raise TimeoutError("no time was left")

    told = post(lines("3:42 PM · Nov 14, 2024"), again)
    assert told.times == () and told.left_out == 1 and told.caption == ("3:42 PM · Nov 14, 2024",)


def test_the_whole_check_has_one_time(screen: Image, monkeypatch, tmp_path) -> None:
    program_of('if [ "$1" = --list-langs ]; then echo eng; exit 0; fi\nsleep 600', monkeypatch, tmp_path)
    monkeypatch.setattr("provenance.placetime.screen.check._WALL_S", 0.5)
    started = time.monotonic()
    outcome = check(screen, CONTEXT)
    assert isinstance(outcome, Skipped) and "stopped after" in outcome.reason and time.monotonic() - started < 10


def test_neither_time_of_a_screen_can_be_that_of_capture() -> None:
    said = Claim(source=SOURCE, statement="x", method="screen", by="a", basis=SAID_TIME)
    assert not means_capture(said) and not means_capture(replace(said, basis=SHOWN_TIME))


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
