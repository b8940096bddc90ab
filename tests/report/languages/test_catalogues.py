"""The catalogues against the program: nothing stale, no place lost, plural rules as stated, no forbidden word."""

from __future__ import annotations

import ast
import gettext
import re
import signal
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.languages import of_scenario, scenarios
from provenance.errors import DecodeError
from provenance.image.decoding import decoder as decode
from provenance.image.decoding import refusals
from provenance.model.finding import Confidence, Effort, Likelihood, Question, Verdict
from provenance.model.languages import LANGUAGES
from provenance.model.limits import Limits
from provenance.report import words
from provenance.report.glossary import MEANINGS
from provenance.report.languages import formats, po
from provenance.report.languages.patterns import names
from provenance.report.languages.tongue import UNREVIEWED, Tongue, tongue

ROOT = Path(__file__).resolve().parents[3]
CODES = [code for code in LANGUAGES if code != "en"]
in_each = pytest.mark.parametrize("code", CODES)
_WORD = re.compile(r"[a-z0-9]+")
_TEMPLATE_WORDS = re.compile(r'_\("((?:[^"\\]|\\.)*)"(?:, "(\w+)")?(?:, plural="((?:[^"\\]|\\.)*)")?')
# What report/linter.py forbids in English: words that judge the picture as no check can, in the other languages.
FORBIDDEN = {
    "ru": r"подлинн|аутентичн|настоящ|поддел|фальш|фейк|верифиц|липов|достоверн",
    "uk": r"справжн|автентичн|підробл|підробк|фальш|фейк|верифік|достовірн",
    "ko": r"진짜|가짜|진본|진품|위조|조작|페이크",
}


def catalogue(code: str) -> str:
    return resources.files("provenance.report.languages").joinpath(f"{code}.po").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def source() -> set[tuple[str, ...]]:
    """The words of every text constant of the package and of every template, in lower case, alone and by pairs."""
    found = []
    for room in (
        "findings",
        "report",
        "metadata",
        "forensics",
        "matching",
        "placetime",
        "intake",
        "image",
        "model",
        "outside",
        "sets",
        "desk",
        "output",
        "case",
        "batch",
        "sealing",
        ".",
    ):
        for path in (ROOT / "provenance" / room).glob("*.py" if room == "." else "**/*.py"):
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            found += [one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    found += [path.read_text(encoding="utf-8") for path in (ROOT / "provenance/report/templates").glob("*.j2")]
    words = _WORD.findall(" ".join(found).lower().replace("_", " "))
    return {*pairwise(words), *((word,) for word in words)}


@pytest.fixture(scope="module")
def spoken() -> list[str]:
    """What the answers to all scenarios say."""
    return [text for one in scenarios() for text in of_scenario(one)]


def stale(msgid: str, source: set[tuple[str, ...]]) -> bool:
    """Whether a message is said nowhere: one of its words stands nowhere, or most of its pairs of words.

    Sentences are put together from parts, so that not every pair stands in the source.
    """
    runs = [_WORD.findall(run) for run in re.split(r"\{[a-z_]+\d?\}", msgid.lower())]
    pairs = [pair for run in runs for pair in pairwise(run)]
    lost = sum(pair not in source for pair in pairs)
    return any((word,) not in source for run in runs for word in run) or lost > max(1, len(pairs) * 2 / 3)


def template_words() -> set[tuple[str, str, str]]:
    """Context, text and plural of every word that a template asks for."""
    return {
        (found[2] or "", found[1].replace("\\\\", "\\"), found[3] or "")
        for path in (ROOT / "provenance/report/templates").glob("*.j2")
        for found in _TEMPLATE_WORDS.finditer(path.read_text(encoding="utf-8"))
    }


UNSPOKEN = (
    "sha256", "provenance record CASE", "provenance verify CASE --against HEAD", "Contra&shy;dictions", UNREVIEWED,
)  # fmt: skip
"""In templates as they are: commands, names of files and of a digest, a word cut for English alone, and what says that
a translation is one."""


def test_no_template_speaks_past_the_catalogues() -> None:
    past = []
    for path in (ROOT / "provenance/report/templates").glob("*.html.j2"):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        said = re.sub(r"<[^>]*>", "\n", text).split("\n") + re.findall(r'(?:aria-label|title|alt)="([^"]*)"', text)
        past += [(path.name, one.strip()) for one in said if re.search("[A-Za-z]{3}", one)]
    known = re.compile(rf"(?:{'|'.join(map(re.escape, UNSPOKEN))}).*|[a-z]+\.(?:svg|json)|[a-z-]+=\".*")
    assert len(past) > 5 and [one for one in past if not known.fullmatch(one[1])] == []


@in_each
def test_every_word_that_a_template_asks_for_is_there(code: str) -> None:
    exact = {(one.context, one.msgid): one for one in tongue(code).entries}
    lacking = [word for word in template_words() if word[:2] not in exact]
    assert len(template_words()) > 150 and lacking == []
    assert [word for word in template_words() if word[2] and exact[word[:2]].plural != word[2]] == []


def asked_for() -> set[tuple[str, str]]:
    """Context and text of every word that the program itself asks for by its name: `tongue.word("At odds")`."""
    found = set()
    for path in (ROOT / "provenance/report").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            given = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
            if called.endswith(".word") and given and None not in given:
                found.add((str(given[1]) if len(given) > 1 else "", str(given[0])))
            if called == "Row" and given[:1] not in ([], [None], ["sha256"]):
                found.add(("label", str(given[0])))
    return found


@in_each
def test_every_word_that_the_program_asks_for_is_there(code: str) -> None:
    told = {(one.context, one.msgid) for one in tongue(code).entries}
    assert len(asked_for()) > 40
    assert sorted(asked_for() - told) == []
    rows = ("First", "Second", "Answer", "Compared", "Limits", "Evidence")
    assert [word for word in rows if ("pair", word) not in told] == []


@in_each
def test_the_closed_vocabularies_are_there_whole(code: str) -> None:
    told = {(one.context, one.msgid) for one in tongue(code).entries}
    closed = [("verdict", word) for word in Verdict] + [("question", word) for word in Question]
    closed += [("question", word) for word in words.QUESTIONS.values()] + [("", text) for text in MEANINGS.values()]
    closed += [("likelihood", word) for word in Likelihood] + [("confidence", word) for word in Confidence]
    closed += [("effort", word) for word in Effort] + [("", UNREVIEWED)]
    assert [one for one in closed if one not in told] == []


def test_no_entry_is_stale(source: set[tuple[str, ...]]) -> None:
    assert [one.msgid for one in tongue(CODES[0]).entries if stale(one.msgid, source)] == []
    assert stale("The picture shows an owl.", source) and stale("Sources three the digest who.", source)


def test_the_catalogues_hold_the_same_messages() -> None:
    held = [[(one.context, one.msgid, one.plural) for one in tongue(code).entries] for code in CODES]
    assert held[0] == held[1] == held[2] and len(held[0]) == len(set(held[0])) > 900


@in_each
def test_every_place_of_a_message_is_in_each_of_its_translations(code: str) -> None:
    wrong = [
        (one.msgid, form)
        for one in tongue(code).entries
        for form in one.forms
        if set(names(form)) != set(names(one.msgid)) | set(names(one.plural))
    ]
    assert [(text, form) for text, form in wrong if text != "All of it"] == []


@in_each
def test_plural_forms_follow_the_rule_that_the_catalogue_states(code: str) -> None:
    stated = po.header(catalogue(code))["plural-forms"]
    count, rule = re.fullmatch(r"nplurals=(\d); plural=(.*);", stated).groups()  # type: ignore[union-attr]
    style, by_rule = formats.STYLES[code], gettext.c2py(rule)  # type: ignore[attr-defined]
    assert [formats.plural(style, number) for number in range(200)] == [int(by_rule(number)) for number in range(200)]
    assert {len(one.forms) for one in tongue(code).entries if one.plural} == {int(count)} == {len(style.several)}
    assert {len(one.forms) for one in tongue(code).entries if not one.plural} == {1}


@in_each
def test_no_translation_judges_a_picture(code: str) -> None:
    judging = re.compile(FORBIDDEN[code], re.IGNORECASE)
    assert [form for one in tongue(code).entries for form in one.forms if judging.search(form)] == []


@in_each
def test_no_translation_holds_mark_up(code: str) -> None:
    assert [form for one in tongue(code).entries for form in one.forms if re.search(r"[<>&\x00-\x1f]", form)] == []


@in_each
def test_nothing_is_called_reviewed_that_names_no_reviewer(code: str) -> None:
    assert tongue(code).reviewed == bool(po.header(catalogue(code))["x-reviewed-by"])


@in_each
def test_nearly_all_sentences_on_the_scenarios_are_translated(code: str, spoken: list[str]) -> None:
    lost = [text for text in spoken if tongue(code).told(text) is None]
    assert len(spoken) > 1000 and len(lost) <= 0.02 * len(spoken), lost[:20]


def test_a_catalogue_that_babel_reads_is_the_one_that_is_used() -> None:
    pofile = pytest.importorskip("babel.messages.pofile")
    for code in CODES:
        with resources.files("provenance.report.languages").joinpath(f"{code}.po").open("rb") as file:
            read = pofile.read_po(file, locale=code, abort_invalid=True)
        theirs = {(one.context or "", one.id if isinstance(one.id, str) else one.id[0]) for one in read if one.id}
        assert theirs == {(one.context, one.msgid) for one in tongue(code).entries}


def test_an_unreadable_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="line 2"):
        po.entries('msgid "a"\nmsgstr b\n')


def test_what_has_no_translation_is_left_out() -> None:
    assert po.entries('msgid "a"\nmsgstr ""\n\nmsgctxt "c"\nmsgid "b"\nmsgstr "\\"x\\"\\n"\n') == (
        po.Entry(context="c", msgid="b", plural="", forms=('"x"\n',)),
    )
    assert Tongue(code="ru", reviewed=False, entries=()).told("a") is None


REFUSALS = [
    refusals.cut_short(),
    refusals.broken(""),
    refusals.broken("its directory announces 70,000 entries, more than the limit of 4,096"),
    refusals.too_many_pixels((60_000, 60_000), 300_000_000),
    refusals.too_many_pixels((0, 0), 300_000_000),
    refusals.too_many_frames(9_999, 500),
    refusals.too_much_memory(2**30),
    refusals.too_slow(20, "wall time"),
    refusals.too_slow(0.5, "processor time"),
    refusals.no_decoder("JPEG XR"),
    refusals.no_decoder("HEIF", "heif"),
    *(decode._death(status, "", Limits()) for status in (-signal.SIGKILL, -signal.SIGXCPU, -77, 3)),
    *(
        decode._death(1, said, Limits())
        for said in ("an answer out of form", "an impossible size", "pixels out of form", "a message out of form")
    ),
]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_why_pixels_were_refused_is_told_without_a_word_of_english(code: str, refusal: DecodeError) -> None:
    for text in (str(refusal), refusal.remedy):
        told = tongue(code).told(text)
        assert told is not None, text
        ours = re.sub(r"pip install \S+|SIG[A-Z]+|HEIF|JPEG XR|PNG|MiB", "", told)
        assert not re.search("[A-Za-z]{2,}", ours), told
