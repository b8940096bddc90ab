"""Adding with the workers of a Dask cluster, which are processes on the loopback address here."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from provenance.errors import InputError, UsageError
from provenance.image.decoding.decoder import Decoder
from provenance.model.limits import Limits
from provenance.reference.open import open_set
from provenance.sets.adding import add
from tests.sets.test_bulk import NOW, png

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module", autouse=True)
def _environment() -> Iterator[None]:
    """The environment as it was: a cluster on this machine leaves in it what its workers are told."""
    before = dict(os.environ)
    yield
    for name in os.environ.keys() - before.keys():
        del os.environ[name]


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as running:
        yield running


def fill(place: Path, pictures: Path, scheduler: str = ""):
    store = open_set(place, create=True)
    try:
        with Decoder() as decoder:
            done = add([pictures], store, decoder, Limits(), records={}, scheduler=scheduler, now=NOW)
        return done, store.state().snapshot
    finally:
        store.close()


def test_a_cluster_makes_what_one_process_makes_though_a_worker_dies(tmp_path: Path, cluster) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for one in range(6):
        (pictures / f"{one}.png").write_bytes(png(one))
    (pictures / "broken.png").write_bytes(png(1)[:60])
    done, snapshot = fill(tmp_path / "a.sqlite", pictures, cluster.scheduler_address)
    here, same = fill(tmp_path / "b.sqlite", pictures)
    assert (done.pictures_added, snapshot) == (6, same) == (here.pictures_added, snapshot)
    assert [item.reason for item in done.refused] == [item.reason for item in here.refused] != []
    os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
    assert fill(tmp_path / "c.sqlite", pictures, cluster.scheduler_address)[1] == same


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("provenance.sets.making_elsewhere._CONNECT_S", 0.5)
    with pytest.raises(UsageError, match="no Dask scheduler answers") as caught:
        fill(tmp_path / "a.sqlite", tmp_path, "tcp://127.0.0.1:1")
    assert caught.value.remedy


@pytest.mark.parametrize("other", ["picture", "version", "length", "nothing"])
def test_what_a_worker_answers_is_held_against_what_it_was_sent(
    tmp_path: Path, cluster, monkeypatch, other: str
) -> None:
    """As of a worker with another version of the program, or none."""

    def otherwise(data: bytes, name: str, path: str, limits: Limits, points: int):
        from dataclasses import replace

        from provenance.sets.making_elsewhere import _on_worker
        from tests.sets.test_bulk import png

        if other == "nothing":
            raise ModuleNotFoundError("No module named 'provenance'")
        made = _on_worker(png(9) if other == "picture" else data, name, path, limits, points)
        first, *rest = made.fingerprints
        first = replace(first, name="phash256/2") if other == "version" else first
        first = replace(first, code=first.code[:8]) if other == "length" else first
        return replace(made, fingerprints=(first, *rest))

    monkeypatch.setattr("provenance.sets.making_elsewhere._on_worker", otherwise)
    (tmp_path / "0.png").write_bytes(png(0))
    done, _ = fill(tmp_path / "a.sqlite", tmp_path / "0.png", cluster.scheduler_address)
    assert done.pictures_added == 0
    (refused,) = done.refused
    told = "could not look at it: ModuleNotFoundError" if other == "nothing" else "made of it what this version"
    assert told in refused.reason and "this version" in refused.remedy


def test_a_scheduler_that_ends_midway_is_an_error_and_what_was_acknowledged_stays(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("provenance.sets.taking.BATCH_FILES", 1)
    (tmp_path / "pictures").mkdir()
    for one in range(8):
        (tmp_path / "pictures" / f"{one}.png").write_bytes(png(one))
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as running:

        def ended(looked_at: int, *_: object) -> None:
            if looked_at == 5:
                running.close()

        with closing(open_set(tmp_path / "a.sqlite", create=True)) as store, Decoder() as decoder:
            with pytest.raises(InputError, match="scheduler is gone") as caught:
                add([tmp_path / "pictures"], store, decoder, Limits(), records={},
                    scheduler=running.scheduler_address, progress=ended, now=NOW)  # fmt: skip
            assert caught.value.remedy
            assert 0 < store.state().pictures < 8
