"""What the machine that runs the tests does just now, against which a test can hold what something costs."""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def largest_file(size_bytes: int) -> Iterator[None]:
    """No file grows beyond this size meanwhile: what a full disk does, to the files that are written here alone."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def counting_s() -> float:
    """What it takes to count to ten million, in CPU seconds: 0.1 where nothing else runs on a fast machine."""
    began_s = time.process_time()
    sum(range(10_000_000))
    return time.process_time() - began_s


def spent_s(process: int) -> float:
    """CPU seconds that a process which still runs has spent (proc(5), stat: utime and stime, in clock ticks)."""
    after_the_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(after_the_name[11]) + int(after_the_name[12])) / os.sysconf("SC_CLK_TCK")
