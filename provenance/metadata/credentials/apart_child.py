"""The process of one reading: a request on standard input, the file by its descriptor, the answer on standard output.

Run by path, never imported by the parent: `python -I -S apart_child.py DESCRIPTOR`.
"""

from __future__ import annotations

import json
import math
import os
import resource
import sys
from pathlib import Path
from typing import Any

_PACKAGE_PARENT = str(Path(__file__).resolve().parents[3])


def main(descriptor: int) -> None:
    """Read once, answer once."""
    request = json.loads(sys.stdin.buffer.read())
    found = request["search_path"]
    sys.path[:] = found if _PACKAGE_PARENT in found else [*found, _PACKAGE_PARENT]
    from provenance.metadata.credentials import library
    from provenance.metadata.credentials.lists import TrustList
    from provenance.model.limits import Limits

    limits = Limits(**request["limits"])
    seconds = math.ceil(limits.credential_wall_s) + 1  # should the parent be gone, it ends all the same
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with os.fdopen(descriptor, "rb") as file:
        file.seek(0)
        data = file.read()
    told = request["trust_list"]
    trust_list = TrustList(**{**told, "times": tuple(told["times"])})
    sys.stdout.write(json.dumps(_plain(library.ask(data, request["media_type"], trust_list, limits))))
    sys.stdout.flush()


def _plain(answer: Any) -> dict[str, Any]:
    if answer is None:
        return {"kind": "none"}
    if hasattr(answer, "reason"):
        told = {"reason": answer.reason, "remote": answer.remote, "unsupported": answer.unsupported}
        return {"kind": "refused", **told}
    return {"kind": "read", "active": answer.active, "manifests": answer.manifests, "results": answer.results}


if __name__ == "__main__":
    status = 1
    try:
        main(int(sys.argv[1]))
        status = 0
    finally:
        os._exit(status)  # native threads are not waited for
