"""Flips single bits of signed pictures, inside the manifest store and outside: python -m benchmarks.credentials.flips

Counts flips that leave the state "trusted". Outside the store there must be none; inside, padding is under no hash. The
box `ftyp` of HEIF and AVIF is left out of the hash by the specification and counted apart. Ends with 1 where a flip
elsewhere went unseen.
"""

from __future__ import annotations

import argparse
import random
from datetime import UTC, datetime

from benchmarks.credentials.attacks import FORMATS, as_image, picture
from benchmarks.credentials.minting import authority, sign
from provenance.metadata.credentials.check import check
from provenance.metadata.credentials.library import version
from provenance.model.context import Context, TrustAnchors
from provenance.model.credentials import Credential
from provenance.model.outcome import Ran


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--number", type=int, default=300, help="flips a format, inside and outside each")
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    root = authority()
    context = Context(now=datetime.now(UTC), anchors=(TrustAnchors(name="roots", pem=root.pem),))
    print(f"{version()}, {datetime.now(UTC):%Y-%m-%d}, seed {options.seed}, {options.number} flips each")
    missed = 0
    for suffix, kind in FORMATS.items():
        signed = sign(picture(suffix, options.seed, size=(96, 64)), kind, root.signer())
        inside, by_rule = _places(signed, "c2pa"), _places(signed, "ftyp")
        outside = [at for at in range(len(signed)) if at not in inside and at not in by_rule]
        chance = random.Random(f"{options.seed}{suffix}")
        unseen = {
            name: sum(_trusted(_flipped(signed, chance.choice(places), chance), context) for _ in range(options.number))
            for name, places in (("inside", sorted(inside)), ("ftyp", sorted(by_rule)), ("outside", outside))
            if places
        }
        missed += unseen["outside"]
        print(f"{suffix:5} store of {len(inside):,} bytes; unseen: {unseen}")
    return int(missed > 0)


def _places(data: bytes, kind: str) -> set[int]:
    blocks = [block for block in as_image(data).structure.blocks if block.kind == kind]
    return {at for block in blocks for at in range(block.offset_bytes, block.offset_bytes + block.length_bytes)}


def _flipped(data: bytes, at: int, chance: random.Random) -> bytes:
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _trusted(data: bytes, context: Context) -> bool:
    outcome = check(as_image(data), context)
    found = outcome.evidence if isinstance(outcome, Ran) else ()
    return any(isinstance(item, Credential) and item.state.value == "trusted" for item in found)


if __name__ == "__main__":
    raise SystemExit(main())
