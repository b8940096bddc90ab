"""The pages of an index: orders, paging, words of strangers, and how a browser takes them."""

import base64
import dataclasses
import hashlib
import json
import re
from importlib import resources

import jsonschema
import pytest

from provenance.model.batch import Batch, Group, Row
from provenance.model.limits import BATCH_PAGE_ROWS
from provenance.report import index, index_json
from provenance.report.languages.tongue import tongue
from tests.report.chromium import CHROMIUM, DARK, LIGHT, asked, scheme
from tests.report.test_standards import accessible, needs_axe

JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////"
    "////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z"
)
SCHEMA_SHA256 = "eeabcad0cd71e680545a76612eabe37e7c67b658f1217a56c631e1a552c8a32a"
HOSTILE = (
    "</title><script>document.title='run'</script>\"'><img src=x onerror=alert(1)>{{7*7}}\u202e\x1b[31m" + "A" * 400
)


def row(name: str, overall: str = "no claim", **fields) -> Row:
    known = {"sha256": f"{abs(hash(name)):064x}"[:64], "report": "20241115T090000Z-01234567", "seen_before": "no match"}
    return Row(name=name, overall=overall, when=overall, where=overall, **(known | fields))


def batch(rows: list[Row], *groups: Group, **more) -> Batch:
    return Batch(rows=tuple(rows), groups=groups, made_at="2024-11-15T09:00:00Z", **more)


def names(batch: Batch, order: index.Order) -> list[str]:
    groups = {member: number for number, group in enumerate(batch.groups, 1) for member in group.members}
    return [batch.rows[number].name for number in index.ordered(batch, groups, order)]


def test_each_order_keeps_groups_together() -> None:
    rows = [
        row("e", date_at="2020-01-01T00:00:00Z", date="published 2020"),
        row("d", "recycled"),
        Row(name="a", problem="the file is empty", exit_code=3),
        row("c", "unproven", date_at="2019-01-01T00:00:00Z", date="published 2019"),
        row("b", "unproven", contradictions=2),
        row("f", "recycled", contradictions=1),
    ]
    alone = batch(rows)
    assert names(alone, index.Order.VERDICT) == ["f", "d", "b", "c", "e", "a"]
    assert names(alone, index.Order.DATE) == ["c", "e", "b", "d", "f", "a"]
    assert names(alone, index.Order.NAME) == ["a", "b", "c", "d", "e", "f"]
    grouped = batch(rows, Group(members=(0, 1), ways=("the same bytes",)))
    assert names(grouped, index.Order.VERDICT) == ["f", "d", "e", "b", "c", "a"]
    assert names(grouped, index.Order.DATE) == ["c", "e", "d", "b", "f", "a"]
    assert names(grouped, index.Order.NAME) == ["a", "b", "c", "d", "e", "f"]


def test_ten_thousand_rows_stand_on_pages_and_only_those_of_a_page_are_read() -> None:
    rows = [row(f"{number:05}.jpg") for number in range(2 * BATCH_PAGE_ROWS + 1)] + [Row(name="z", problem="empty")]
    read: list[int] = []

    def thumbnail(number: int) -> bytes:
        read.append(number)
        return JPEG

    made = index.pages(batch(rows, Group(members=tuple(range(400, 600)), ways=("x",))), thumbnail)
    name, page = next(made)
    assert name == "index.html" and len(read) == BATCH_PAGE_ROWS and page.count('<tr id="row-') == BATCH_PAGE_ROWS
    assert "Page 1 of 3" in page and 'href="index-2.html"' in page and f'href="index-3.html#row-{len(rows)}"' in page
    assert "200 pictures, linked by: x (100 of them on this page)" in re.sub("<[^>]*>", "", page)
    rest = dict(made)
    assert set(rest) == {f"{order}{end}.html" for order in index.Order for end in ("", "-2", "-3")} - {"index.html"}
    assert 'id="row-1002"' in rest["index-3.html"]
    assert all(map(index.is_page_name, rest)) and not index.is_page_name("index-of-mine-2.html")


@pytest.mark.parametrize(
    ("names", "folder"),
    [
        (("/a/in/x.jpg", "/a/in/y.jpg"), "/a/in/"),
        (("/a/in/x.jpg", "/a/inner/y.jpg"), "/a/"),
        (("in/b/x.jpg", "in/x.jpg"), "in/"),
        (("x.jpg", "y.jpg"), ""),
        (("/x.jpg", "y.jpg"), ""),
        (("/a/x.jpg",), ""),
    ],
)
def test_a_folder_that_all_share_is_told_once(names: tuple[str, ...], folder: str) -> None:
    assert index.shared_folder(names) == folder
    page = dict(index.pages(batch([row(name) for name in names]), lambda _: b""))["index.html"]
    assert (f'<code><bdi dir="auto">{folder}</bdi></code>' in page) is bool(folder)
    assert all(f">{name.removeprefix(folder)}</bdi></a>" in page for name in names)


def test_an_index_speaks_the_language_of_its_reports() -> None:
    told = batch(
        [row("a", date="published 14 Nov 2024"), row("b"), Row(name="c", problem="empty")],
        Group(members=(0, 1), ways=("the same bytes",)),
    )
    page = dict(index.pages(told, lambda _: b"", tongue=tongue("uk")))["index.html"]
    assert '<html lang="uk">' in page and "однакові байти" in page and "14 листопада 2024" in page
    text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    english = set(re.findall(r"[A-Za-z]{4,}", text)) - {"JSON", "json", "index"}
    assert english == {"empty"}


def test_words_of_strangers_stay_text_on_the_page_and_in_json() -> None:
    told = batch([row(HOSTILE, problem=HOSTILE, remedy=HOSTILE, date=HOSTILE), Row(name=HOSTILE, problem=HOSTILE)])
    for _, page in index.pages(told, lambda _: b""):
        assert "<script" not in page and "<img" not in page and "\u202e" not in page and "\x1b" not in page
        assert "{{7*7}}" in page and page.count("<bdi") == page.count("</bdi>") > 6
    assert json.loads(json.dumps(index_json.index_json(told)))["pictures"][1] == {"name": HOSTILE, "problem": HOSTILE}


def test_the_schema_is_that_of_version_1() -> None:
    """A new optional field renews this digest; anything else needs index-2.schema.json (docs/report.md)."""
    data = resources.files("provenance.report").joinpath("schema", index_json.SCHEMA_FILE).read_bytes()
    assert hashlib.sha256(data).hexdigest() == SCHEMA_SHA256
    jsonschema.Draft202012Validator.check_schema(index_json.schema())
    assert index_json.schema()["properties"]["schema"]["const"] == index_json.SCHEMA


def test_the_schema_takes_what_an_index_says_and_nothing_else() -> None:
    rows = [row("a", contradictions=1, size_bytes=9, report_sha256="0" * 64, digest="1" * 64)]
    rows += [
        row(
            "b",
            size_bytes=9,
            report_sha256="0" * 64,
            digest="1" * 64,
            date="x",
            date_at="y",
            date_item="fact-0123456789ab",
        )
    ]
    told = batch([*rows, Row(name="c", problem="empty", exit_code=3)], Group(members=(0, 1), ways=("x",)))
    form = index_json.index_json(dataclasses.replace(told, reports="../../reports/"))
    validator = jsonschema.Draft202012Validator(index_json.schema())
    validator.validate(form)
    picture = form["pictures"][0]
    for wrong in (
        {"overall": "genuine"},
        {"surprise": 1},
        {"sha256": "A" * 64},
        {"report": "/etc/passwd"},
        {"group": 0},
    ):
        assert not validator.is_valid({**form, "pictures": [{**picture, **wrong}]}), wrong
    for left_out in ("sha256", "body_sha256", "overall", "name"):
        assert not validator.is_valid({**form, "pictures": [{k: v for k, v in picture.items() if k != left_out}]})
    assert not validator.is_valid({**form, "pictures": [{"name": "no report and no problem"}]})
    assert not validator.is_valid({**form, "surprise": 1})


def test_a_covered_index_shows_no_picture_until_it_is_opened() -> None:
    page = dict(index.pages(batch([row("a"), row("b")]), lambda _: JPEG, blur=True))["index.html"]
    assert len(re.findall(r'<details class="covered"><summary>Covered</summary><img ', page)) == page.count("<img") == 2


@pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium to open the page with")
@pytest.mark.parametrize(("width_px", "light"), [(360, LIGHT), (1440, DARK)])
def test_a_browser_runs_nothing_and_scrolls_nowhere_sideways(tmp_path, width_px, light) -> None:
    rows = [row(HOSTILE, "contradicted", problem=HOSTILE, date="published 2019", date_item="appearance-1"), row("b")]
    path = tmp_path / "index.html"
    told = batch([*rows, Row(name=HOSTILE, problem=HOSTILE)], Group(members=(0, 1), ways=("the same bytes",)))
    path.write_text(dict(index.pages(told, lambda _: JPEG))["index.html"], encoding="utf-8")
    script = """return [document.title.startsWith('3 files'), document.documentElement.scrollWidth > innerWidth,
      getComputedStyle(document.querySelector('.chip')).borderRadius != '0px', document.querySelectorAll('img').length,
      performance.getEntriesByType('resource').filter((one) => !one.name.startsWith('data:')).length]"""
    told, console = asked(tmp_path / "profile", path, script, scheme(light), width_px=width_px)
    assert told == [True, False, True, 3, 0] and not console


@pytest.mark.parametrize("blur", [False, True])
def test_a_parser_that_forgives_nothing_reads_the_page(blur) -> None:
    html5lib = pytest.importorskip("html5lib")
    told = batch([row("a"), row(HOSTILE, problem="x"), Row(name="c", problem="y")], Group(members=(0, 1), ways=("x",)))
    for _, page in index.pages(told, lambda number: JPEG if number else b"", blur=blur):
        html5lib.HTMLParser(strict=True).parse(page)


@needs_axe
def test_the_page_is_accessible(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(index, "BATCH_PAGE_ROWS", 3)
    rows = [row("a", "recycled"), row("b", "unproven", problem="x", date="published 2019", date_item="appearance-1")]
    told = batch([*rows, Row(name="c", problem="y"), row("d")], Group(members=(0, 1), ways=("x",)), not_reached=1)
    page = tmp_path / "index.html"
    page.write_text(
        dict(index.pages(told, lambda number: JPEG if number else b""))["index-by-name.html"], encoding="utf-8"
    )
    accessible(tmp_path, page, DARK)
