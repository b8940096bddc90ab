"""A program of its own gives the library of products one thread; whoever calls it decides for their own process."""

import os
import subprocess
import sys

import pytest

from provenance.cli.main import main

VARIABLE = "OPENBLAS_NUM_THREADS"
LOADED = """
import os, sys
from provenance.cli.main import main
sys.argv = ["provenance", "place", "Kursk"]
main()
import numpy as np
large = np.ones((2000, 2000))
large @ large
print(len(os.listdir("/proc/self/task")))
"""


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.delenv(VARIABLE)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts threads in /proc")
def test_a_product_of_matrices_starts_no_thread(unset) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    ended = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, env=environment)
    assert ended.stdout.split()[-1] == "1"


def test_a_number_of_threads_that_the_user_set_stays(unset, monkeypatch, capsys) -> None:
    monkeypatch.setenv(VARIABLE, "3")
    monkeypatch.setattr(sys, "argv", ["provenance", "place", "Kursk"])
    main()
    assert os.environ[VARIABLE] == "3"


def test_a_caller_in_the_same_process_keeps_its_own(unset, capsys) -> None:
    main(["place", "Kursk"])
    assert VARIABLE not in os.environ
