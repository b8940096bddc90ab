"""What the machine that runs the tests does just now, against which a test can hold what something costs."""

import time


def counting_s() -> float:
    """What it takes to count to ten million, in CPU seconds: 0.1 where nothing else runs on a fast machine."""
    began_s = time.process_time()
    sum(range(10_000_000))
    return time.process_time() - began_s
