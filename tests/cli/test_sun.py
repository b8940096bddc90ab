"""`sun` on the command line: what it prints, what it refuses, a region as a file."""

import json


def test_a_southern_place_is_taken_as_a_place(run) -> None:
    ended = run("sun", "--place", "-33.87,151.2", "--time", "2024-06-21")
    assert ended.code == 0 and "33.87 S" in ended.out


def test_a_shadow_is_answered_and_its_region_written(run, tmp_path) -> None:
    target = tmp_path / "region.geojson"
    asked = ("--time", "2024-11-14T09:00Z", "--object", "100+-3", "--shadow", "380+-10", "--geojson", target)
    assert run("sun", *asked).code == 0
    assert json.loads(target.read_text())["geometry"]["type"] == "MultiPolygon"
    told = run("sun", "--place", "56.01,92.85", "--time", "2024-11-14", "--object", "100", "--shadow", "190", "--json")
    assert json.loads(told.out)["answer"] in ("excluded", "not excluded")


def test_a_shadow_without_a_place_gives_latitudes_for_days_of_a_long_time(run) -> None:
    """The latitudes move with the seasons; with a place they are not asked for."""
    asked = ("--time", "2024-01-01/2024-12-31", "--object", "100+-3", "--shadow", "280+-5")
    ended = run("sun", *asked)
    rows = [line.split() for line in ended.out.splitlines() if line.startswith("2024-")]
    assert ended.code == 0 and len(rows) == 13
    assert (rows[0][0], rows[-1][0]) == ("2024-01-01", "2024-12-31") and all(row[3] == "and" for row in rows)
    told = json.loads(run("sun", *asked, "--json").out)["latitudes_by_day"]
    assert [one["day"] for one in told] == [row[0] for row in rows]
    winter, summer = told[0]["latitudes_deg"], told[6]["latitudes_deg"]
    assert summer[1] > winter[1] + 20
    short = run("sun", *asked[2:], "--time", "2024-01-01/2024-01-04", "--json")
    assert len(json.loads(short.out)["latitudes_by_day"]) == 4
    placed = run("sun", "--place", "56.01,92.85", *asked, "--json")
    assert json.loads(placed.out)["latitudes_by_day"] == []


def test_the_figure_of_a_shadow_or_of_a_day_is_a_file(run, tmp_path) -> None:
    target, here = tmp_path / "sun.svg", ("--place", "56.01,92.85", "--time", "2024-11-14")
    shadow = ("--object", "100+-3", "--shadow", "380+-10")
    assert run("sun", *here, *shadow, "--figure", target).code == 0
    measured = target.read_text()
    assert run("sun", *here, "--figure", tmp_path / "alone.svg").code == 0
    alone = (tmp_path / "alone.svg").read_text()
    assert "<svg" in alone and "3.8 times" in measured and "3.8 times" not in alone
    ended = run("sun", *here, "--figure", target)
    assert (ended.code, "nothing was replaced" in ended.err) == (7, True) and target.read_text() == measured


def test_what_cannot_be_drawn_leaves_no_half_of_what_was_asked(run, tmp_path) -> None:
    asked = ("--time", "2024-06-01T09:00Z", "--object", "1", "--shadow", "1", "--geojson", tmp_path / "g")
    assert run("sun", *asked, "--figure", tmp_path / "f").code == 2
    assert list(tmp_path.glob("[fg]")) == []
    assert run("sun", *asked).code == 0 and json.loads((tmp_path / "g").read_text())


def test_what_makes_no_sense_is_refused_with_a_remedy(run, tmp_path) -> None:
    cases = {
        ("--object", "1"): "together",
        ("--place", "50,0", "--bearing", "90"): "shadow",
        ("--place", "50,0", "--object", "1", "--shadow", "1", "--bearing", "999"): "0 to 360",
        ("--time", "2024-06"): "neither",
        ("--place", "50,0", "--time", "2024-06", "--geojson", tmp_path / "x"): "region",
        ("--time", "2024-06-01T09:00Z", "--object", "1", "--shadow", "1", "--figure", tmp_path / "x"): "two ends",
    }
    for asked, says in cases.items():
        ended = run("sun", *asked)
        assert ended.code == 2 and says in ended.err, (asked, ended.err)
    folder = ("--time", "2024-06-01T09:00Z", "--object", "1", "--shadow", "1", "--geojson", tmp_path)
    assert run("sun", *folder).code == 7
