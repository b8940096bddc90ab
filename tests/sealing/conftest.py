"""A time-stamp authority on the loopback address, started and stopped by the tests."""

import shutil
from collections.abc import Iterator

import pytest

from benchmarks.stamps.authority import StampDesk, stamp_desk


@pytest.fixture(scope="session")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StampDesk]:
    if shutil.which("openssl") is None:
        pytest.skip("needs the program openssl")
    with stamp_desk(tmp_path_factory.mktemp("authority")) as desk:
        yield desk


@pytest.fixture
def desk(_running: StampDesk) -> StampDesk:
    _running.asked.clear()
    _running.headers.clear()
    return _running
