"""Pixels from a process of their own: whatever a picture does to its decoder, the one who asked goes on.

Why a process, and what it costs: docs/adr/0003-decoding-in-a-child-process.md.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import ExitStack
from threading import Lock
from types import TracebackType
from typing import IO, Any, Self

from ...errors import NO_ROOM, DecodeError, OutputError
from ...model.image import Refusal, WorkingCopy
from ...model.limits import Limits
from . import refusals
from .child import Child, ended_by
from .memory_file import mapped, memory_file, seal
from .messages import Closed

_MOST_STEPS = 20
_CHECK_PILLOW = "try again; if it stays so, reinstall: pip install --force-reinstall pillow"
_MAKE_ROOM = "free memory, or raise this user's limit on the size of a file (ulimit -f), and repeat"
_MOST_STEP_CHARS = 300


class Decoder:
    """Owns one decoding process, kept over many pictures. Safe to share between threads: pictures take turns.

    The process is started at once and in the background; `close` or the end of a `with` block ends it. Do not carry a
    Decoder over a fork: make one in each process.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._child = _started()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the decoding process. A later `decode` starts another."""
        with self._lock:
            self._drop()

    def decode(
        self, data: bytes, media_type: str, limits: Limits, timeout_s: float | None = None
    ) -> WorkingCopy | Refusal:
        """Decode the first frame to upright sRGB, uint8, shape (height, width, 3), order R, G, B, read-only.

        `media_type` is what `sniff.media_type` says; `timeout_s` shortens the wall time of the limits. Never raises for
        what a picture does: a refusal says why there are no pixels, and the next picture is decoded as usual. Raises
        OutputError where this machine has no room for pixels, which says nothing of the picture.
        """
        wall_s = limits.decode_wall_s if timeout_s is None else min(limits.decode_wall_s, max(timeout_s, 0.0))
        with self._lock:
            try:
                return self._asked(data, media_type, limits, wall_s)
            except TimeoutError:
                self._drop()
                self._child = _started()
                return _refused(refusals.too_slow(wall_s, "wall time"))
            except Closed as closed:
                status = self._drop()
                self._child = _started()
                return _refused(_death(status, str(closed), limits))
            except DecodeError as error:
                return _refused(error)
            except OSError as error:
                self._drop()
                if error.errno in NO_ROOM:
                    raise OutputError(f"the pixels find no room: {error.strerror}", remedy=_MAKE_ROOM) from error
                return _refused(DecodeError(f"the decoding process cannot be used: {error}", remedy=_CHECK_PILLOW))
            except BaseException:
                self._drop()  # interrupted in the middle: an answer on its way must not meet the next picture
                raise

    def _asked(self, data: bytes, media_type: str, limits: Limits, wall_s: float) -> WorkingCopy:
        if self._child and not self._child.alive:
            self._drop()  # ended between two pictures, by none of them
        child = self._child = self._child or Child()
        with ExitStack() as stack:
            source = stack.enter_context(memory_file("picture", data))
            seal(source)
            target = stack.enter_context(memory_file("pixels"))
            import numpy  # noqa: F401 - loaded while the child starts; it is needed for the answer

            child.wait_until_ready()
            deadline_s = time.monotonic() + wall_s
            child.send(_request(media_type, limits), (source.fileno(), target.fileno()))
            answer = child.answer(deadline_s)
            if isinstance(number := answer.get("errno"), int):
                raise OSError(number, os.strerror(number))
            if "reason" in answer:
                raise DecodeError(str(answer["reason"])[:400], remedy=str(answer.get("remedy", ""))[:200])
            return _working_copy(answer, target, limits)

    def _drop(self) -> int:
        child, self._child = self._child, None
        return child.end() if child else 0


def _started() -> Child | None:
    """A child on its way, or None where that fails; `decode` tries again and says why."""
    try:
        return Child()
    except OSError:
        return None


def _request(media_type: str, limits: Limits) -> dict[str, Any]:
    names = ("pixels_px", "frames", "metadata_values", "decode_cpu_s", "decode_memory_bytes")
    return {"media_type": media_type, **{name: getattr(limits, name) for name in names}}


def _working_copy(answer: dict[str, Any], target: IO[bytes], limits: Limits) -> WorkingCopy:
    """The pixels as an array over the child's output, not copied. Raises Closed where the answer cannot be true."""
    import numpy as np

    width, height, steps = answer.get("width"), answer.get("height"), answer.get("steps")
    if not (isinstance(width, int) and isinstance(height, int) and isinstance(steps, list)):
        raise Closed("an answer out of form")
    seal(target)
    header = b"P6\n%d %d\n255\n" % (width, height)
    pixels_bytes = 3 * width * height
    if min(width, height) < 1 or width * height > limits.pixels_px:
        raise Closed("an impossible size")
    view = mapped(target)
    if len(view) != len(header) + pixels_bytes or view[: len(header)] != header:
        raise Closed("pixels out of form")
    pixels = np.frombuffer(view, dtype=np.uint8, count=pixels_bytes, offset=len(header)).reshape(height, width, 3)
    return WorkingCopy(pixels=pixels, steps=tuple(str(step)[:_MOST_STEP_CHARS] for step in steps[:_MOST_STEPS]))


def _death(status: int, detail: str, limits: Limits) -> DecodeError:
    """Why the child is gone."""
    if status == -signal.SIGXCPU:
        return refusals.too_slow(limits.decode_cpu_s, "processor time")
    said = detail or ended_by(status)
    return DecodeError(f"the decoding process ended on this file ({said})", remedy=refusals.TOO_COSTLY)


def _refused(error: DecodeError) -> Refusal:
    return Refusal(reason=str(error), remedy=error.remedy)
