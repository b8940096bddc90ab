"""The largest settlements around a position."""

from provenance.gazetteer.largest import largest


def test_the_largest_come_first_and_lie_near() -> None:
    found = largest(51.73, 36.19, 150, most=4)
    assert found[0].name == "Kursk" and len(found) == 4
    assert [row.population for row in found] == sorted((row.population for row in found), reverse=True)
    assert all(abs(row.lat_deg - 51.73) < 1.4 for row in found)


def test_across_the_antimeridian_at_the_pole_and_of_the_whole_world() -> None:
    across = largest(-17.0, 179.9, 400, most=200)
    assert min(row.lon_deg for row in across) < 0 and max(row.lon_deg for row in across) > 177
    assert largest(-90.0, 0.0, 300, most=5) == ()
    assert "Shanghai" in {row.name for row in largest(0.0, 0.0, 20_100, most=10)}
