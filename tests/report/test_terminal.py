"""The terminal rendering: short, verdict first, aligned in every script, coloured only when asked."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model.evidence import Evidence
from provenance.model.finding import Finding, Question, Sentence, Verdict
from provenance.model.matches import Match
from provenance.model.report import Report
from provenance.report.jsonform import body_digest
from provenance.report.languages.coverage import governs_report
from provenance.report.languages.tongue import tongue
from provenance.report.terminal import report as terminal
from provenance.report.terminal.columns import clip, display_width, wrap
from provenance.report.terminal.lines import LABEL, entry, noted
from provenance.report.words import QUESTIONS, size


def test_the_founding_case_fits_a_screen(founding: Report) -> None:
    lines = terminal.render(founding, width=80, colour=False).splitlines()
    assert len(lines) <= 24
    assert max(map(display_width, lines)) <= 80
    assert lines[0] == "railcar_post.png  PNG  1080 × 1920 px  330 kB  sha256 5f5f5f5f5f5f"


def test_every_question_has_its_line_with_the_verdict_word_first(founding: Report) -> None:
    lines = terminal.render(founding, width=80, colour=False).splitlines()
    for finding in founding.findings:
        label = QUESTIONS[finding.question]
        line = next(line for line in lines if line.startswith(label))
        assert line[LABEL:].startswith(finding.verdict.value)
        assert line[:LABEL] == label.ljust(LABEL)


def test_a_sentence_that_starts_with_the_verdict_word_does_not_say_it_twice(founding: Report) -> None:
    text = terminal.render(founding, width=120, colour=False)
    assert "Seen before  copy of railcar_yard.jpg (set yard)" in text
    assert "copy: Copy" not in text


def test_a_longer_word_that_starts_like_the_verdict_is_no_repetition() -> None:
    sentence = Sentence(text="Copyright notices differ.", cites=("check-search",))
    finding = Finding(question=Question.SEEN_BEFORE, verdict=Verdict.COPY, sentences=(sentence,))
    assert entry("Seen before", sentence.text, 80, verdict=finding.verdict) == [
        "Seen before  copy: Copyright notices differ."
    ]


def test_what_is_at_odds_open_and_broken_is_said(founding: Report) -> None:
    text = terminal.render(founding, width=200, colour=False)
    assert "At odds      The forwarded chat says Kursk" in text
    assert "(3,651 km apart)" in text
    assert "Not known    Which of the two copies is the earlier one is not known." in text
    assert "Failed       noise (ValueError: <img src=x onerror=alert(1)>)" in text


def test_a_wide_window_shows_more_of_every_answer(founding: Report) -> None:
    wide = terminal.render(founding, width=200, colour=False)
    narrow = terminal.render(founding, width=80, colour=False)
    assert wide.count("…") < narrow.count("…")
    assert len(wide) > len(narrow)
    assert len(wide.splitlines()) <= len(narrow.splitlines())


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that is full as it is."""
    monkeypatch.setattr(terminal, "SCREEN_LINES", 0)


@pytest.mark.usefixtures("no_room")
def test_in_a_full_screen_an_answer_takes_one_line_unless_somebody_has_to_act_on_it(founding: Report) -> None:
    lines = terminal.render(founding, width=80, colour=False).splitlines()
    for finding in founding.findings:
        label = QUESTIONS[finding.question]
        index = next(number for number, line in enumerate(lines) if line.startswith(label))
        if finding.verdict is not Verdict.NOT_CHECKED and index + 1 < len(lines):
            assert not lines[index + 1].startswith(" " * LABEL)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_lines_that_are_left_go_to_answers_that_would_be_cut(
    founding: Report, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    words = tongue(language)
    monkeypatch.setattr(terminal, "SCREEN_LINES", 40)
    full = terminal.render(founding, width=80, colour=False, tongue=words)
    monkeypatch.setattr(terminal, "SCREEN_LINES", 0)
    cut = terminal.render(founding, width=80, colour=False, tongue=words)
    label = words.word(QUESTIONS[Question.SEEN_BEFORE], "question")
    for text, grown in ((cut, False), (full, True)):
        lines = text.splitlines()
        at = next(number for number, line in enumerate(lines) if line.startswith(label))
        assert lines[at].endswith("…") is not grown
        assert lines[at + 1].startswith(" " * 9) is grown
    assert full.count("…") < cut.count("…")
    notes = len(noted(governs_report(founding, words), 80))
    for lines_of_screen in range(len(cut.splitlines()), 40):
        monkeypatch.setattr(terminal, "SCREEN_LINES", lines_of_screen)
        text = terminal.render(founding, width=80, colour=False, tongue=words)
        assert len(text.splitlines()) <= lines_of_screen + notes


@pytest.mark.usefixtures("no_room")
def test_where_a_picture_differs_is_not_cut_off(founding: Report) -> None:
    told = "Differs from railcar_yard.jpg in yard in one region: 9.0 % of the picture, at the bottom."
    (altered,) = (one for one in founding.findings if one.question is Question.ALTERED)
    for verdict, whole in ((Verdict.DIFFERS, True), (Verdict.NO_TRACE_FOUND, False)):
        sentences = (Sentence(text=told, cites=("check-search",)),)
        found = dataclasses.replace(altered, verdict=verdict, sentences=sentences, reason="")
        lines = terminal.render(dataclasses.replace(founding, findings=(found,)), width=80, colour=False).splitlines()
        index = next(number for number, line in enumerate(lines) if line.startswith("Altered"))
        assert (lines[index + 1].strip().endswith("at the bottom.")) is whole
        assert lines[index].endswith("…") is not whole


def test_what_is_not_known_takes_one_line(founding: Report) -> None:
    unknown = tuple(f"Number {number} of the things that are not known." for number in range(20))
    findings = (dataclasses.replace(founding.findings[0], not_established=unknown),)
    lines = terminal.render(dataclasses.replace(founding, findings=findings), width=80, colour=False).splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("Not known"))
    assert lines[start].endswith("…")
    assert lines[start + 1].startswith("Next")


def test_the_first_next_steps_are_told_and_the_digest_stands_last_and_whole(founding: Report) -> None:
    lines = terminal.render(founding, width=80, colour=False).splitlines()
    assert any(line.startswith("Next         1. Ask @war_watch_88") for line in lines)
    assert lines[-1] == f"Digest       {body_digest(founding)}"


def test_several_claims_are_counted_in_words(founding: Report) -> None:
    text = terminal.render(founding, width=80, colour=False)
    assert "Overall      disputed: 1 of 2 claims" in text
    both = dataclasses.replace(founding, claims=(founding.claims[1],) * 2)
    assert "Overall      disputed: both claims" in terminal.render(both, width=80, colour=False)


def test_a_file_whose_pixels_were_refused_says_why_and_what_to_do(bare: Report) -> None:
    text = " ".join(terminal.render(bare, width=80, colour=False).split())
    assert "not decoded: the file is cut off after 12 bytes; ask for the file again" in text
    assert "not checked: no reference set was given; make one: provenance index FOLDER" in text


def test_colour_marks_the_verdict_words_and_changes_no_letter(founding: Report) -> None:
    plain = terminal.render(founding, width=80, colour=False)
    coloured = terminal.render(founding, width=80, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "\x1b[1;7msources contradict each other\x1b[0m" in coloured
    assert "\x1b" not in plain


def test_a_verdict_word_that_wraps_is_coloured_on_both_lines(founding: Report) -> None:
    coloured = terminal.render(founding, width=40, colour=True)
    assert re.search(r"\x1b\[1;7msources contradict each\x1b\[0m\n +\x1b\[1;7mother\x1b\[0m:", coloured)


def test_many_claims_are_counted_and_not_all_listed(founding: Report) -> None:
    many = dataclasses.replace(founding, claims=founding.claims * 4)
    text = terminal.render(many, width=100, colour=False)
    assert text.count("  Claim ") == 3
    assert "and 5 more claims" in text


def test_long_wide_names_stay_in_their_columns(founding: Report) -> None:
    named = dataclasses.replace(founding, original=dataclasses.replace(founding.original, name="榴弾砲" * 40 + ".png"))
    lines = terminal.render(named, width=80, colour=False).splitlines()
    assert display_width(lines[0]) <= 80
    assert lines[0].endswith("…")
    assert "sha256 5f5f5f5f5f5f" in lines[1]


def test_inspection_shows_label_value_raw_block_and_offset(founding: Report) -> None:
    text = terminal.render_inspect(founding, width=100, colour=False)
    assert re.search(r"time of capture +2024-11-14T15:42:00 \[exif at 30\]", text)
    assert "raw: 2024:11:14 15:42:00" in text
    assert "raw: Canon\\x00" in text
    assert re.search(r"1357 +328160 +IDAT, 40 in a row", text)
    assert "4 bytes follow the end of the picture." in text
    assert "Origin       no credentials found" in text


def test_a_comparison_names_answer_turn_distance_and_limit(evidence: dict[str, Evidence]) -> None:
    match = evidence["railcar"]
    assert isinstance(match, Match)
    text = terminal.render_comparison(match, ("a.png", "b.jpg"), width=80, colour=False)
    assert "Answer       copy: The picture meets railcar_yard.jpg" in text
    assert "Transform    mirrored left-right" in text
    assert "6 bits differ by phash256/1; up to 40 count as a match" in text
    assert "A match says nothing about which of the two came first." in text


def test_equal_bytes_have_no_distance_in_bits(evidence: dict[str, Evidence]) -> None:
    match = evidence["railcar"]
    assert isinstance(match, Match)
    equal = dataclasses.replace(match, fingerprint="sha256", distance_bits=0)
    text = terminal.render_comparison(equal, ("a", "b"), width=80, colour=False)
    assert "equal byte for byte (sha256)" in text


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("榴弾砲", 6), ("e\u0301", 1), ("ｗ", 2), ("Красноярск", 10), ("न\u200dम", 2), ("", 0)],
)
def test_width_counts_columns_and_not_characters(text: str, columns: int) -> None:
    assert display_width(text) == columns


@given(st.text(alphabet="ab 榴弾e\u0301🚂", max_size=80), st.integers(2, 30))
def test_wrapping_keeps_every_character_and_every_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(display_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())


@given(st.text(alphabet="ab榴弾e\u0301", max_size=40), st.integers(3, 30))
def test_clipping_never_exceeds_the_width(text: str, width: int) -> None:
    assert display_width(clip(text, width)) <= width
    assert clip(text, width) == text or clip(text, width).endswith("…")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (329_529, "330 kB"),
        (999_600, "1 MB"),
        (3_210_000, "3.21 MB"),
    ],
)
def test_sizes_read_as_people_write_them(count: int, words: str) -> None:
    assert size(count) == words
