"""Adding with the workers of a Dask cluster, which are processes on the loopback address here."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.adding import add
from provenance.errors import UsageError
from provenance.image.decode import Decoder
from provenance.model.limits import Limits
from provenance.reference.open import open_set
from tests.adding.test_bulk import NOW, drawn

distributed = pytest.importorskip("distributed")


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
        (pictures / f"{one}.png").write_bytes(drawn(one))
    (pictures / "broken.png").write_bytes(drawn(1)[:60])
    done, snapshot = fill(tmp_path / "a.sqlite", pictures, cluster.scheduler_address)
    here, same = fill(tmp_path / "b.sqlite", pictures)
    assert (done.pictures_added, snapshot) == (6, same) == (here.pictures_added, snapshot)
    assert [item.reason for item in done.refused] == [item.reason for item in here.refused] != []
    os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
    assert fill(tmp_path / "c.sqlite", pictures, cluster.scheduler_address)[1] == same


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("provenance.making_elsewhere._CONNECT_S", 0.5)
    with pytest.raises(UsageError, match="no Dask scheduler answers") as caught:
        fill(tmp_path / "a.sqlite", tmp_path, "tcp://127.0.0.1:1")
    assert caught.value.remedy
