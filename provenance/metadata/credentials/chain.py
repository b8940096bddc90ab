"""Who signed what: the active manifest and every ingredient behind it, each generation, cycles cut.

All that the store holds is looked at, for its own limits bound it (`Limits.credential_assertions`); what is listed is
bounded by number and generation, and what failed or declares a model is listed first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ...model.credentials import Ancestor, Signing
from ...model.limits import Limits
from .codes import VALIDATED, failing, ingredient_failures, statuses
from .library import Reading
from .signings import assertions, ingredients, redacts, signing, stamp, text

_PARENT = "parentOf"
_MATCHES = ("assertion.hashedURI.match", "hashedURI.match")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The active manifest, what lies behind it, and what any of them declares."""

    active: Signing
    ancestors: tuple[Ancestor, ...]
    left_out: str
    """Which ancestors are not listed and by which limit; "" where all are."""
    failed: bool
    ai_declared: bool
    redacted: bool
    identity: bool


@dataclass(slots=True)
class _Walk:
    """What was met so far."""

    reading: Reading
    now: dict[str, list[str]]
    """Address of an ingredient's assertion: what fails of it now."""
    found: list[Ancestor] = field(default_factory=list)
    signings: dict[str, Signing] = field(default_factory=dict)
    """By label: a manifest may be the ingredient of many."""

    def signed(self, label: str) -> Signing:
        if label not in self.signings:
            self.signings[label] = signing(self.reading.manifests.get(label), text(label))
        return self.signings[label]

    def behind(self, label: str, depth: int, lineage: str) -> Iterator[tuple[str, int, str]]:
        """Adds the ingredients of a manifest; gives their manifests, with depth and lineage."""
        importer = self.signed(label)
        for name, content in ingredients(self.reading.manifests.get(label)):
            named = content.get("activeManifest") or content.get("c2pa_manifest")
            address = named.get("url") if isinstance(named, dict) else ""
            of = str(address).removeprefix("self#jumbf=").removeprefix("/c2pa/").split("/")[0] if address else ""
            role = text(content.get("relationship"))
            line = role if lineage == _PARENT else lineage
            now = self.now.pop(f"self#jumbf=/c2pa/{label}/c2pa.assertions/{name}", [])
            about = {"depth": depth, "relationship": role, "lineage": line}
            self.found.append(_ancestor(content, self.signed(of), importer, now, about))
            yield of, depth + 1, line


def chain(reading: Reading, limits: Limits) -> Chain:
    """Walk the ingredients breadth first from the active manifest, parents of parents before parts."""
    walk = _Walk(reading, dict(ingredient_failures(reading)))
    name, listed, under = stamp(reading.results.get("activeManifest"), reading.trust_list)
    active = replace(walk.signed(reading.active), time_by=name, time_listed=listed, time_by_signers_list=under)
    seen, own, others = set[str](), deque([(reading.active, 1, _PARENT)]), deque[tuple[str, int, str]]()
    while own or others:
        at = (own or others).popleft()
        if at[0] in reading.manifests and at[0] not in seen:
            seen.add(at[0])
            for behind in walk.behind(*at):
                (own if behind[2] == _PARENT else others).append(behind)
    found = sorted(walk.found, key=lambda each: each.depth)
    if rest := _unreached(walk, seen):
        found.append(Ancestor(depth=1, relationship="", signing=Signing(manifest=""), failures=rest))
    every = list(reading.manifests.values())
    kept, left_out = _listed(found, limits)
    return Chain(
        active=active,
        ancestors=kept,
        left_out=left_out,
        failed=any(each.failures for each in found),
        ai_declared=any(walk.signed(label).model for label in reading.manifests),
        redacted=any(redacts(each) for each in every),
        identity=any(name.startswith("cawg.identity") for each in every for name, _ in assertions(each)),
    )


def _unreached(walk: _Walk, seen: set[str]) -> tuple[str, ...]:
    """Failures of ingredients to which no walk leads: they still are failures."""
    codes = [code for each in walk.now.values() for code in each]
    for label, manifest in walk.reading.manifests.items():
        for _, content in ingredients(manifest) if label not in seen else ():
            codes += _recorded(content)
    return tuple(dict.fromkeys(codes))


def _listed(found: list[Ancestor], limits: Limits) -> tuple[tuple[Ancestor, ...], str]:
    """The ancestors to list, in their order, and what was left out."""
    near = [each for each in found if each.depth <= limits.ancestor_depth or each.failures or each.signing.model]
    ranked = sorted(
        range(len(near)),
        key=lambda at: (not near[at].failures, not near[at].signing.model, near[at].lineage != _PARENT, at),
    )
    kept = tuple(near[at] for at in sorted(ranked[: limits.ancestors]))
    why = []
    if len(near) < len(found):
        why.append(f"{len(found) - len(near)} are not listed: more than {limits.ancestor_depth} generations back")
    if len(kept) < len(near):
        why.append(f"{len(near) - len(kept)} are not listed: more than {limits.ancestors} in number")
    return kept, "; ".join(why)


def _ancestor(
    content: dict[str, Any], signed: Signing, importer: Signing, now: list[str], about: dict[str, Any]
) -> Ancestor:
    recorded = content.get("validationResults")
    results = recorded.get("activeManifest") if isinstance(recorded, dict) else None
    name, _, _ = stamp(results, None)  # by the importer's word: no list was asked
    return Ancestor(
        **about,
        signing=replace(signed, time_by=name, title=text(content.get("dc:title")) or signed.title),
        failures=tuple(dict.fromkeys([*_recorded(content), *now])),
        checked=_checked(content, results),
        imported_by=importer.signer or importer.generator,
    )


def _checked(content: dict[str, Any], results: object) -> bool:
    """Whether the importer recorded a validation: in the old list, or that the signature and a hash matched."""
    if isinstance(old := content.get("validationStatus"), list) and old:
        return True
    good = {status["code"] for status in statuses(results, "success")}
    return VALIDATED in good and any(
        code in _MATCHES or (code.startswith("assertion.") and code.endswith("Hash.match")) for code in good
    )


def _recorded(content: dict[str, Any]) -> list[str]:
    """The failures that the importer recorded of an ingredient."""
    recorded = content.get("validationResults")
    results = recorded.get("activeManifest") if isinstance(recorded, dict) else None
    codes = [status["code"] for status in statuses(results, "failure")]
    codes += [code for code in _old_statuses(content) if code not in codes]
    codes += [code for each in _recorded_deltas(recorded) for code in each]
    return failing(codes)


def _old_statuses(ingredient: dict[str, Any]) -> list[str]:
    """Failure codes of an ingredient of the first version, which records all in one list (C2PA 1.4)."""
    found = ingredient.get("validationStatus")
    good = (".validated", ".match", ".trusted", ".insideValidity", ".notRevoked", ".accessible")
    codes = [str(each.get("code", "")) for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    return [
        code for code in codes if code and not code.endswith(good) and not code.endswith("additionalExclusionsPresent")
    ]


def _recorded_deltas(recorded: object) -> list[list[str]]:
    deltas = recorded.get("ingredientDeltas") if isinstance(recorded, dict) else None
    return [
        [status["code"] for status in statuses(each.get("validationDeltas"), "failure")]
        for each in (deltas if isinstance(deltas, list) else ())
        if isinstance(each, dict)
    ]
