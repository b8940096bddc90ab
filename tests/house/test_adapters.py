"""What benchmark programs call keeps working: the functions of benchmarks/adapters.py, on the samples."""

from pathlib import Path

from PIL import Image

from benchmarks.adapters import Matcher, blind_methods, compare_pictures, conclude, credential_state, facts

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def test_the_matcher_ranks_a_copy_first_and_is_silent_about_a_stranger() -> None:
    matcher = Matcher()
    names = ("wheat_road", "railcar_yard", "warehouse")
    matcher.index([(number, str(SAMPLES / "reference" / f"{name}.jpg")) for number, name in enumerate(names)])
    assert [found for found, _ in matcher.query(str(SAMPLES / "railcar_mirrored.jpg"))][:1] == [1]
    assert matcher.query(str(SAMPLES / "stranger.jpg")) == []


def test_facts_have_the_benchmarks_keys() -> None:
    found = facts(str(SAMPLES / "stranger.jpg"))
    assert found["exif.captured"].startswith("2024-04-06")


def test_a_picture_without_credentials_has_none() -> None:
    assert credential_state(str(SAMPLES / "stranger.jpg")) == {"state": "none", "flags": []}


def test_a_scenario_is_concluded() -> None:
    day = {"earliest": "2024-11-14", "latest": "2024-11-14"}
    old = {"earliest": "2015-05-01", "latest": "2015-05-01"}
    scenario = {
        "id": "x",
        "as_of": "2024-11-15",
        "claim": {"text": "new", "by": "somebody", "time": day},
        "evidence": [
            {"id": "e1", "kind": "publication", "origin": "agency", "grade": "A1", "text": "an agency's archive",
             "published": old, "date_basis": "agency_record", "match": "exact"},
        ],
    }  # fmt: skip
    got = conclude(scenario)
    assert (got["time"], got["place"], got["overall"]) == ("recycled", "no_claim", "recycled")
    assert str(got["not_after"])[:10] in ("2015-05-01", "2015-05-02")


def test_norway_is_a_country_however_a_scenario_was_read() -> None:
    """Of `cc: NO` and `language: no` a reader of YAML 1.1 makes false."""
    bergen = {"name": "Bergen", "cc": False, "lat": 60.3913, "lon": 5.3221, "radius_km": 20, "level": "city"}
    norway = {"name": "Norway", "cc": False, "lat": 64.5, "lon": 13.0, "radius_km": 900, "level": "country"}
    sign = {"id": "e1", "kind": "sign_text", "origin": "pixels", "grade": "B2", "language": False, "place": bergen}
    scenario = {"id": "x", "as_of": "2023-01-10", "claim": {"text": "Norway", "place": norway}, "evidence": [sign]}
    assert conclude(scenario)["place"] == "consistent"


def test_pictures_are_compared() -> None:
    reference = str(SAMPLES / "reference" / "railcar_yard.jpg")
    same = compare_pictures(reference, reference)
    assert (same["log10_nfa"], same["mask"], same["verdict"]) == (0.0, None, "no difference")
    assert compare_pictures(str(SAMPLES / "stranger.jpg"), reference)["verdict"].startswith("not judged")
    mirrored = compare_pictures(str(SAMPLES / "railcar_mirrored.jpg"), reference)
    assert mirrored["log10_nfa"] > -3


def test_what_is_no_picture_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / "page.jpg").write_bytes(b"no picture")
    compared = compare_pictures(tmp_path / "page.jpg", SAMPLES / "reference" / "railcar_yard.jpg")
    assert (compared["log10_nfa"], compared["mask"]) == (0.0, None)
    assert compared["verdict"].startswith("not judged: ")
    assert {one["log10_nfa"] for one in blind_methods(tmp_path / "page.jpg")} == {"not judged"}


def test_a_strip_laid_over_the_picture_is_named_beside_what_was_compared(tmp_path: Path) -> None:
    reference = SAMPLES / "reference" / "railcar_yard.jpg"
    with Image.open(reference) as opened:
        shown = opened.convert("RGB")
    shown.paste((0, 0, 0), (0, int(0.84 * shown.height), shown.width, shown.height))
    shown.save(tmp_path / "barred.jpg", quality=88)
    compared = compare_pictures(tmp_path / "barred.jpg", reference)
    assert compared["log10_nfa"] > -3
    assert compared["verdict"].startswith("differs only where something was laid over it: ")


def test_blind_methods_answer_or_abstain() -> None:
    posted = blind_methods(SAMPLES / "railcar_recompressed.jpg")
    assert {one["method"] for one in posted} >= {"jpeg-grid", "double-jpeg"}
    assert all((one["log10_nfa"], one["mask"]) == ("not judged", None) and one["said"] for one in posted)


def test_places_by_name_are_found_as_in_a_check() -> None:
    scenario = {
        "id": "x",
        "as_of": "2024-11-15",
        "claim": {"text": "flood", "by": "somebody", "place": "Tripoli, Libya"},
        "evidence": [
            {"id": "e1", "kind": "geolocation", "origin": "a desk", "grade": "B2", "text": "the citadel",
             "place": "Tripoli, Lebanon"},
        ],
    }  # fmt: skip
    assert conclude(scenario)["place"] == "contradicted"
