"""The search for keys that runs behind all tests (tests/conftest.py) finds one where it stands."""

import os
from urllib.parse import quote

from tests.canary import KEY, VARIABLES, files_holding


def test_keys_are_set_in_every_test() -> None:
    assert {os.environ[name] for name in VARIABLES} == {KEY}


def test_a_key_is_found_in_every_form_and_over_the_border_of_two_pieces(tmp_path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "plain").write_text(f"x{KEY}y")
    (tmp_path / "quoted").write_text(quote(KEY, safe=""))
    (tmp_path / "far").write_bytes(bytes(2**24 - 5) + KEY.encode())
    (tmp_path / "clean").write_text(KEY[:-1])
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "google").write_text(KEY)
    found = {path.name for path in files_holding(tmp_path)}
    for path in list(tmp_path.rglob("*")):  # or the search behind all tests would find them
        if path.is_file():
            path.unlink()
    assert found == {"plain", "quoted", "far"}
