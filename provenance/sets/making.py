"""Fingerprints and local features made in several processes at once, one picture each; what they make comes back."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ..errors import InputError, OutputError
from ..fingerprint.local.detect import REFERENCE_POINTS
from ..model.image import Refusal
from ..model.limits import Limits
from ..model.record import Entry

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

ENDED = Refusal(reason="the process that looked at it ended", remedy="see that there is memory enough, and try again")


@dataclass(slots=True)
class _Worker:
    """A process, what goes to it and comes back, and the job that it is at."""

    process: BaseProcess
    line: Connection
    job: Any = None


@dataclass(slots=True)
class Makers:
    """Use as a context manager. `jobs` processes; each is given one picture at a time, so memory stays bounded."""

    jobs: int
    limits: Limits
    points: int = REFERENCE_POINTS
    """The most that are kept of a picture."""
    _workers: list[_Worker] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._workers = [self._started() for _ in range(self.jobs)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.line.close()
            if error is not None:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join()

    @property
    def busy(self) -> bool:
        """Whether each process has a picture."""
        return all(worker.job is not None for worker in self._workers)

    def give(self, job: object, data: bytes, name: str, path: str) -> None:
        """Hand a picture to a process that has none; `job` comes back with what was made."""
        worker = next(worker for worker in self._workers if worker.job is None)
        worker.job = job
        try:
            worker.line.send((data, name, path))
        except OSError:
            return  # it ended; whoever takes what was made is told so

    def made(self, *, all_of_them: bool = False) -> Iterator[tuple[Any, Entry | Refusal]]:
        """What was made by now, waiting for one picture at least, or for `all_of_them`. Raises OutputError."""
        from multiprocessing.connection import wait

        while at_work := {worker.line: worker for worker in self._workers if worker.job is not None}:
            for line in wait(list(at_work)):
                worker = at_work[line]  # type: ignore[index]  # only these were waited for
                job, worker.job = worker.job, None
                try:
                    found = worker.line.recv()
                except (EOFError, OSError):
                    self._replace(worker)
                    found = ENDED
                if isinstance(found, OutputError):
                    raise found
                yield job, found
            if not all_of_them:
                return

    def _replace(self, worker: _Worker) -> None:
        worker.line.close()
        worker.process.join()
        fresh = self._started()
        worker.process, worker.line = fresh.process, fresh.line

    def _started(self) -> _Worker:
        from multiprocessing import get_context, resource_tracker

        resource_tracker.ensure_running()  # when it starts it unblocks the signal again
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self.limits, self.points), daemon=True)
        # It is born deaf to Ctrl-C, which a terminal sends to all at once: it would print a traceback where it loads.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)  # one that came meanwhile comes now
        theirs.close()
        return _Worker(process, ours)


def cores() -> int:
    """How many processes may run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _serve(line: Connection, limits: Limits, points: int) -> None:
    """Answer until the other end is closed. Ctrl-C is the other end's to deal with."""
    import cv2

    from ..image.decoding.decoder import Decoder
    from .keeping_memory import keep_freed_memory

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_freed_memory()
    cv2.setNumThreads(1)  # the other cores have processes of their own
    with Decoder() as decoder:
        while True:
            try:
                data, name, path = line.recv()
                made: Entry | Refusal | OutputError
                try:
                    made = made_of(data, name, path, decoder, limits, points=points)
                except OutputError as error:  # this machine has no room, which says nothing of the picture
                    made = error
                line.send(made)
            except (EOFError, OSError):
                return


def made_of(data: bytes, name: str, path: str, decoder: Any, limits: Limits, *, points: int) -> Entry | Refusal:
    """What a set keeps of a picture, or why its pixels were refused. `points`: the most that are kept."""
    from ..image.load import load_bytes
    from .entries import entry_of

    try:
        image = load_bytes(data, name, decoder, limits, path=path)
    except InputError as error:
        return Refusal(reason=str(error), remedy=error.remedy)
    if image.working_copy is None:
        return image.refusal or ENDED
    return entry_of(image, image.working_copy, path=path, points=points)
