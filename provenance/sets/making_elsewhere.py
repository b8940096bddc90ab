"""Fingerprints made by the workers of a Dask cluster, on other machines: as `Makers`, for the one who adds.

The bytes of a picture go to a worker, its fingerprints come back; nobody but the one who adds touches the set. Dask's
messages are pickled, so whoever can reach its scheduler can run programs on all machines of it: it belongs on a network
of one's own, or behind TLS (https://distributed.dask.org/en/stable/tls.html).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from ..errors import InputError, UsageError
from ..model.image import Refusal
from ..model.limits import Limits
from ..model.record import Entry
from ..model.text import visible
from .making import ENDED, made_of

INSTALL = "install it with: pip install 'provenance-desk[dask]'"
_SAME = "install this version of the program on the scheduler and on every worker, then add the picture again"
_GONE = "the Dask scheduler is gone; what was acknowledged before is in the set"
_CONNECT_S = 10
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ucx|ws|wss)://)?[^\s@/]+:[0-9]{1,5}|inproc://\S+")
_AHEAD = 2  # pictures for each thread of the cluster: one at work, one on its way


@dataclass(frozen=True, slots=True)
class _Sent:
    """What is asked of a worker: its answer has to be of these bytes and this path."""

    job: Any
    sha256: str
    path: str


@dataclass(slots=True)
class ElsewhereMakers:
    """Use as a context manager; entering raises UsageError. `scheduler`: its address, such as tcp://10.0.0.5:8786."""

    scheduler: str
    limits: Limits
    points: int
    """The most that are kept of a picture."""
    _client: Any = None
    _most: int = 1
    _jobs: dict[Any, _Sent] = field(default_factory=dict)

    def __enter__(self) -> Self:
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError("adding on several machines needs Dask, which is not installed", remedy=INSTALL) from error
        if not _ADDRESS.fullmatch(self.scheduler):
            raise UsageError("that is no address of a Dask scheduler", remedy="name it as tcp://HOST:PORT")
        try:
            self._client = Client(self.scheduler, timeout=_CONNECT_S, set_as_default=False)
            threads = sum(self._client.nthreads().values())
        except (OSError, ValueError) as error:
            raise UsageError(
                f"no Dask scheduler answers at that address: {type(error).__name__}",
                remedy="see that it runs, and name it as tcp://HOST:PORT",
            ) from error
        if not threads:
            self._client.close()
            raise UsageError("the Dask scheduler has no workers", remedy="start some with: dask worker tcp://HOST:PORT")
        self._most = _AHEAD * threads
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for future in self._jobs:
            future.cancel()
        self._client.close()

    @property
    def busy(self) -> bool:
        """Whether the cluster has as many pictures as it is given at once."""
        return len(self._jobs) >= self._most

    def give(self, job: object, data: bytes, name: str, path: str) -> None:
        """Hand a picture to the cluster; `job` comes back with what was made."""
        future = self._client.submit(_on_worker, data, name, path, self.limits, self.points, pure=False, retries=2)
        self._jobs[future] = _Sent(job, hashlib.sha256(data).hexdigest(), path)

    def made(self, *, all_of_them: bool = False) -> Iterator[tuple[Any, Entry | Refusal]]:
        """What was made by now, waiting for one picture at least, or for `all_of_them`.

        Raises InputError when the scheduler is gone.
        """
        from distributed import wait

        while self._jobs:
            try:
                with self._client.as_current():
                    done = wait(list(self._jobs), return_when="FIRST_COMPLETED").done
            except (CancelledError, OSError) as error:
                raise InputError(_GONE, remedy="start it again, and run the same again") from error
            for future in done:
                sent = self._jobs.pop(future)
                yield sent.job, _answer(future, sent)
            if not all_of_them:
                return


def _answer(future: Any, sent: _Sent) -> Entry | Refusal:
    """What a worker made, if it is of the picture that it was sent, and as this version makes it."""
    from distributed import KilledWorker

    if future.status == "error":
        error = future.exception()
        if isinstance(error, KilledWorker):
            return ENDED
        told = visible(f"{type(error).__name__}: {error}", limit=200)
        return Refusal(reason=f"a worker of the cluster could not look at it: {told}", remedy=_SAME)
    found = future.result() if future.status == "finished" else ENDED
    if isinstance(found, Refusal) or (isinstance(found, Entry) and _fits(found, sent)):
        return found
    return Refusal(reason="a worker of the cluster made of it what this version does not", remedy=_SAME)


def _fits(entry: Entry, sent: _Sent) -> bool:
    from .entries import LENGTHS, names

    made = {one.name: len(one.code) for one in entry.fingerprints}
    of_it = (entry.image_id, entry.path) == (sent.sha256, sent.path)
    features = entry.features
    return of_it and made == LENGTHS and features is not None and {*made, features.name} == set(names())


def _on_worker(data: bytes, name: str, path: str, limits: Limits, points: int) -> Entry | Refusal:
    """With the decoding process of this thread of this worker, which is kept for the next picture."""
    import threading

    import cv2
    from distributed import get_worker

    from ..image.decoding.decoder import Decoder

    worker: Any = get_worker()
    kept = worker.__dict__.setdefault("_provenance_decoders", threading.local())
    if not hasattr(kept, "decoder"):
        cv2.setNumThreads(1)  # the other cores have threads and workers of their own
        kept.decoder = Decoder()
        kept.decoder.__enter__()
    return made_of(data, name, path, kept.decoder, limits, points=points)
