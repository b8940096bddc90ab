"""A claims file is read as it is meant, and a hostile or mistaken one is refused in one line that names the place."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import StatementsError
from provenance.intake import yaml_reader
from provenance.intake.claims import claim_from_flags, read_claims, statements_from
from provenance.model.evidence import About, Appearance, Bound, Claim, Lead
from provenance.model.limits import Limits
from provenance.model.place import Level
from provenance.model.publication import CopyKind, DateBasis

GOOD = """\
claims:
  - {id: c1, text: "spotted in Russia", by: "@demo", place: {name: Russia, cc: RU, level: country}, time: 2024-11}
sources:
  - {id: s6, name: Status-6, origin: status-6, grade: C3, url: "https://example.org/s6"}
evidence:
  - {id: e1, kind: publication, by: T, grade: F3, published: 2024-11-14, date_basis: page_date, match: exact}
  - {id: e2, kind: statement, source: s6, text: "in Krasnoyarsk", place: "Krasnoyarsk@56.01,92.85,20km"}
  - {id: e3, kind: similarity, place: Krasnoyarsk}
  - {id: e4, kind: statement, text: said, distance: {from: Kursk, to: Krasnoyarsk, km: 4400}, about: event}
  - {id: e5, kind: author_life, time: {latest: 2013-08-19}}
  - {id: e6, kind: context, text: fighting, contradicts: [e4, c1]}
"""


def test_a_tag_may_have_several_values() -> None:
    tag = {"id": "e1", "kind": "metadata", "field": "GPS position", "value": [50.1, 30.2]}
    (item,) = statements_from({"evidence": [tag]}, "a.yaml", Limits())
    assert isinstance(item, Claim)
    assert item.quote == "50.1, 30.2"


def written(tmp_path: Path, text: str | bytes, name: str = "desk.yaml") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_every_kind_becomes_its_noun(tmp_path: Path) -> None:
    claim, e1, e2, e3, e4, e5, e6 = read_claims(written(tmp_path, GOOD))
    assert isinstance(claim, Claim)
    assert claim.tested
    assert claim.label == "c1"
    assert claim.place is not None
    assert claim.place.level is Level.COUNTRY
    assert isinstance(e1, Appearance)
    assert (e1.copy, e1.date_basis) == (CopyKind.EXACT, DateBasis.PAGE_DATE)
    assert isinstance(e2, Claim)
    assert (e2.by, e2.source.origin, str(e2.grade), e2.source.url) == (
        "Status-6",
        "status-6",
        "C3",
        "https://example.org/s6",
    )
    assert e2.place is not None
    assert (e2.place.lat_deg, e2.place.radius_km) == (56.01, 20)
    assert isinstance(e3, Lead)
    assert isinstance(e4, Claim)
    assert e4.about is About.EVENT
    assert e4.distance is not None
    assert e4.distance.km == 4400
    assert isinstance(e5, Bound)
    assert e5.time is not None
    assert e5.time.earliest is None
    assert isinstance(e6, Lead)
    assert e6.contradicts == ("e4", "c1")


def test_json_gives_the_same_evidence_as_yaml(tmp_path: Path) -> None:
    import yaml

    document = yaml.load(GOOD, Loader=yaml.BaseLoader)
    as_json = read_claims(written(tmp_path, json.dumps(document).replace('"4400"', "4400"), "desk.json"))
    assert [item.id for item in as_json] == [item.id for item in read_claims(written(tmp_path, GOOD))]


def test_a_bare_date_is_as_wide_as_all_zones(tmp_path: Path) -> None:
    (claim,) = read_claims(written(tmp_path, "claim: {time: 2024-11-14}"))
    assert isinstance(claim, Claim)
    assert claim.time is not None
    assert claim.time.earliest == datetime(2024, 11, 13, 10, tzinfo=UTC)
    assert claim.time.latest == datetime(2024, 11, 15, 12, tzinfo=UTC)


def test_norway_is_a_country_and_not_false(tmp_path: Path) -> None:
    (claim,) = read_claims(written(tmp_path, "claim: {place: {name: Oslo, cc: NO}, by: on, text: 1e5}"))
    assert isinstance(claim, Claim)
    assert claim.place is not None
    assert (claim.place.cc, claim.by) == ("NO", "on")


@pytest.mark.parametrize(
    ("text", "found", "remedy"),
    [
        ("claim: {text: a, plcae: Oslo}", "unknown key 'plcae'", "did you mean 'place'?"),
        ("claims:\n- {text: a}\n- {text: b,\n   zzzz: 1}", "line 4: claims[2]: unknown key 'zzzz'", "known: "),
        ("claim: {time: 2024-13-01}", "cannot be read as a date", "2024-11-14"),
        ("claim: {time: {earliest: 2024-05, latest: 2023}}", "ends before it begins", "earliest before latest"),
        ("claim: {time: {earliest: 2024, latest: 2023}}", "ends before it begins", "earliest before latest"),
        ("claim: {time: {earliest: 2024-11-15, latest: 2024-11-14}}", "ends before it begins", "earliest before"),
        ("claim: {time: 2024-11-15/2024-11-14}", "ends before it begins", "2024-11"),
        ("claim: {time: yesterday}", "'yesterday'", "2024-11"),
        ("claim: {time: 1402-06-25}", "25 Jun 1402, lies before there were photographs", "2023 (Iranian calendar)"),
        ("claim: {time: 2567}", "2567, lies in a future that nobody can claim", "2024 (Buddhist calendar)"),
        ("claim: {place: {name: A, lat: 123, lon: 2}}", "latitude 123", "name, cc"),
        ("claim: {place: {name: A, lat: 12}}", "both coordinates or neither", "lat"),
        ("claim: {place: {name: A, lat: 1, lon: 2, radius_km: 99999}}", "radius", "radius_km"),
        ("claim: {place: {name: A, level: town}}", "level 'town'", "level"),
        ("claim: {place: {name: A, cc: U1}}", "is no two-letter country code", "cc"),
        ("claim: {text: a, grade: B9}", "'B9' is no Admiralty grade", "B2"),
        ("claim: {text: [a]}", "text is a list", "one text"),
        ("claim: {by: a}", "without text, place and time", "at least one"),
        ("claim: &x {text: a}", "alias or anchor", "in full"),
        ("claim: {text: *x}", "alias or anchor", "in full"),
        ("claim: !!python/object/apply:os.system ['true']", "tag", "leave tags out"),
        ("claim: {text: a, text: b}", "'text' stands twice", "keep one"),
        ('{"claim": {"text": "a", "text": "b"}}', "'text' stands twice", "keep one"),
        ("a: 1\n---\nb: 2", "second document", "one document"),
        ("[" * 100_000, "nested more than 20 deep", "flatten"),
        ('{"claim": ' + "[" * 100_000, "nested", "flatten"),
        ('{"claim": ' + "[" * 25 + "]" * 25 + "}", "nested more than 20 deep", "flatten"),
        ('{"claim": {"text": NaN}}', "NaN is no number", "finite"),
        (b"claim: {text: \xff}", "byte 0xff is not UTF-8", "UTF-8"),
        (b"claim: {text: a}\n\0", "line 2: holds a NUL", "UTF-8"),
        ('{"claim": {"text": "a\\u0000"}}', "NUL", "Unicode"),
        ('{"claim": {"text": "\\ud800"}}', "surrogate", "Unicode"),
        ("", "empty", "at least one claim"),
        ("- a", "no mapping at the top", "claims:"),
        ("claims: {text: a}", "claims is no list", "dash"),
        ("evidence: [{id: a, kind: contxt}]", "evidence a: kind 'contxt'", "did you mean 'context'?"),
        ("evidence: [{id: a}]", "kind is missing", "publication"),
        ("evidence: [{id: a, kind: sun, published: 2024}]", "sun has no published", "publication"),
        ("evidence: [{id: a, kind: sun}, {id: a, kind: sun}]", "id 'a' is given twice", "its own id"),
        ("evidence: [{id: a, kind: sun, contradicts: [b]}]", "names 'b'", "id"),
        ("evidence: [{id: a, kind: sun, source: b}]", "source 'b' is not listed", "add it"),
        ("evidence: [{id: a, kind: context, distance: {from: A, to: B, km: -4}}]", "not below 0", "km"),
        ("evidence: [{id: a, kind: publication, views: 1.5}]", "views is 1.5", "whole number"),
        ("evidence: [{id: a, kind: statement, asserts_not: 'yes'}]", "not true or false", "true"),
        ("claim: {text: a", "no YAML", "mend"),
        ("claims:\n\t- {text: a}", "line 2: no YAML: a tab stands before the text", "spaces"),
        ("claim:\n  text: He said: look", "at a second colon", "quotation marks"),
        (
            "claim:\n  text: a\n    by: b",
            "line 3: no YAML: mapping values are not allowed in this context",
            "indent it",
        ),
        ("claims: [a,\n\tb: c: d]", "line 2: no YAML: did not find expected", "mend"),
        ("claims: [" + "{text: a}, " * 51 + "]", "51 claims", "another run"),
    ],
)
def test_what_breaks_the_format_is_named_with_its_remedy(
    tmp_path: Path, text: str | bytes, found: str, remedy: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(StatementsError) as raised:
        read_claims(path)
    assert found in str(raised.value)
    assert str(path) in str(raised.value)
    assert remedy in raised.value.remedy
    assert "\n" not in str(raised.value) + raised.value.remedy


def test_what_is_no_date_is_said_once_however_long_it_is(tmp_path: Path) -> None:
    long = "the evening before the bridge was closed or, as the caption says, the morning after"
    with pytest.raises(StatementsError, match=r"…' cannot be read as a date$") as raised:
        read_claims(written(tmp_path, f"claim: {{time: '{long}'}}"))
    assert str(raised.value).count("evening") == 1
    with pytest.raises(StatementsError, match=r"cannot be read as a date \(month must be in 1..12\)$"):
        claim_from_flags(text="x", time="2024-13-01")


def test_limits_are_kept(tmp_path: Path) -> None:
    small = Limits(statements_bytes=100, statements=2, text_chars=10)
    for text, found in (
        ("#" * 101, "larger than 100 bytes"),
        ("evidence: [{kind: sun}, {kind: sun}, {kind: sun}]", "3 claims and items"),
        ("claim: {text: 'eleven char'}", "11 characters"),
    ):
        with pytest.raises(StatementsError, match=found):
            read_claims(written(tmp_path, text), small)


def test_a_missing_file_a_folder_and_a_strange_path_are_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path, Path("a\0b")):
        with pytest.raises(StatementsError):
            read_claims(path)


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "claim",
                        "claims",
                        "evidence",
                        "sources",
                        "id",
                        "kind",
                        "place",
                        "time",
                        "lat",
                        "name",
                        "text",
                        "grade",
                        "distance",
                        "contradicts",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_document_is_read_or_refused(document: object) -> None:
    try:
        found = statements_from(document, "any.yaml", Limits())
    except StatementsError as error:
        assert "\n" not in str(error)
        assert error.remedy
    else:
        assert isinstance(found, tuple)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_bytes(b"claim: " + data)
    try:
        read_claims(path)
    except StatementsError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("place", "level", "radius_km", "cc"),
    [
        ("Krasnoyarsk", Level.CITY, 0, ""),
        ("Kursk, ru", Level.CITY, 0, "RU"),
        ("RU", Level.COUNTRY, 0, "RU"),
        ("56.01,92.85", Level.POINT, 1, ""),
        ("56.01, 92.85, 5km", Level.POINT, 5, ""),
        ("Krasnoyarsk@56.01,92.85,20km", Level.CITY, 20, ""),
        ("Красноярск@56.01,92.85", Level.CITY, 20, ""),
    ],
)
def test_a_place_in_words_takes_any_of_its_forms(place: str, level: Level, radius_km: float, cc: str) -> None:
    found = claim_from_flags(place=place).place
    assert found is not None
    assert (found.level, found.radius_km, found.cc) == (level, radius_km, cc)


@pytest.mark.parametrize(
    "flags",
    [{}, {"place": "A@b,c"}, {"place": "95,10"}, {"time": "12:30"}, {"time": "1445-09"}, {"text": "a\0"}, {"by": "me"}],
)
def test_flags_that_say_nothing_or_nonsense_are_refused(flags: dict[str, str]) -> None:
    with pytest.raises(StatementsError) as raised:
        claim_from_flags(**flags)
    assert raised.value.remedy


def test_a_claim_is_about_what_it_says() -> None:
    claim = claim_from_flags(text="x", place="Kursk@51.73,36.19", time="2024-11", by="@a")
    assert claim.statement == "By the claim of @a the picture was taken in Kursk, Nov 2024."
    assert claim.quote == "x"


@pytest.mark.parametrize("parser", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_plain_words_of_yaml_mean_the_same_to_both_parsers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parser: object
) -> None:
    monkeypatch.setattr(yaml_reader, "_Parser", parser)
    text = "evidence: [{id: 7, kind: statement, by: 1.10, time: 2024, asserts_not: true, text: ~}]"
    (item,) = read_claims(written(tmp_path, text))
    assert isinstance(item, Claim)
    assert (item.label, item.by, item.denies, item.quote) == ("7", "1.10", True, "")
