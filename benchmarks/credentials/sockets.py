"""Counts internet sockets opened while every file of a folder is validated, as the kernel saw them (needs strace).

    python -m benchmarks.credentials.sockets FOLDER

Prints how many AF_INET and AF_INET6 sockets were opened and connections were made; ends with 1 where there was any.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.adapters import credential_state
from benchmarks.asked import arguments

_INTERNET = re.compile(r"\b(socket|connect|sendto|sendmsg|bind)\(.*AF_INET6?\b")


def main(given: list[str]) -> int:
    if given[:1] == ["--read"]:
        states = Counter(str(credential_state(str(path))["state"]) for path in files(Path(given[1])))
        print(", ".join(f"{count} {state}" for state, count in states.most_common()))
        return 0
    folder = Path(given[0])
    opened, told = internet_calls([sys.executable, "-m", "benchmarks.credentials.sockets", "--read", str(folder)])
    print(f"{len(files(folder))} files: {told}")
    print(f"{len(opened)} calls of AF_INET or AF_INET6", *opened[:10], sep="\n")
    return int(bool(opened))


def internet_calls(command: list[str]) -> tuple[list[str], str]:
    """The system calls of a command and its children that name an internet address family, and what it printed."""
    with tempfile.NamedTemporaryFile("r", suffix=".strace") as log:
        ended = subprocess.run(
            # With the filter only the calls that are looked for stop the program; without it each of all calls does.
            ["strace", "-f", "--seccomp-bpf", "-e", "trace=network", "-o", log.name, *command],
            capture_output=True,
            text=True,
            check=True,
        )
        return [line.strip() for line in log if _INTERNET.search(line)], ended.stdout.strip()


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    raise SystemExit(main(arguments(__doc__, 1, 1, forms={"--read": (2, 2)})))
