"""Prints, for files made anew, which states were right: python -m benchmarks.credentials.evaluate [--seed N] [--sets N]

Ends with 1 where a file that was not changed is called changed or damaged, or a changed one is not.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.adapters import credential_state
from benchmarks.credentials.attacks import Case, cases
from benchmarks.credentials.minting import authority, time_stamps
from provenance.metadata.credentials.library import version

ACCUSING = ("content_changed", "manifest_damaged")
SOUND = ("trusted", "valid_untrusted", "expired_unproven_time", "bytes_match_layout_nonconforming")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--sets", type=int, default=1, help="how many sets of files, each from its own seed")
    options = asked.parse_args()
    print(f"{version()}, {datetime.now(UTC):%Y-%m-%d}, seeds {options.seed} to {options.seed + options.sets - 1}")
    rows: Counter[tuple[str, str, bool]] = Counter()
    accused, missed, wrong_flags = [], [], []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        root = authority()
        (folder / "roots.pem").write_text(root.pem)
        with time_stamps(root, folder) as address:
            for seed in range(options.seed, options.seed + options.sets):
                for case in cases(root, address, seed):
                    got = _state(case, folder)
                    right = got["state"] in case.states
                    rows[case.attack, str(got["state"]), right] += 1
                    accused += [case] if got["state"] in ACCUSING and not set(case.states) & set(ACCUSING) else []
                    missed += [case] if got["state"] in SOUND and not set(case.states) & set(SOUND) else []
                    if right and not set(case.states) & set(ACCUSING) and got["flags"] != sorted(case.flags):
                        wrong_flags.append((case.attack, case.suffix, got["flags"]))
    for (attack, told, right), count in rows.items():
        print(f"{attack:38} {told:32} {'right' if right else 'WRONG':6} {count}")
    total, good = sum(rows.values()), sum(count for (_, _, right), count in rows.items() if right)
    print(f"{good} of {total} states right, {len(wrong_flags)} with wrong flags {wrong_flags[:5]}")
    print(f"{len(accused)} falsely accused {_named(accused)}, {len(missed)} changes missed {_named(missed)}")
    return int(bool(accused or missed or good != total or wrong_flags))


def _state(case: Case, folder: Path) -> dict[str, object]:
    path = folder / f"case.{case.suffix}"
    path.write_bytes(case.data)
    return credential_state(str(path), str(folder / "roots.pem"))


def _named(found: list[Case]) -> list[str]:
    return [f"{case.attack} ({case.suffix})" for case in found[:10]]


if __name__ == "__main__":
    raise SystemExit(main())
