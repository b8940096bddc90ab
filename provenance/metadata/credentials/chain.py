"""Who signed what: the active manifest and every ingredient behind it, each generation, cycles cut, under limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...model.evidence import Ancestor, Signing
from ...model.limits import Limits
from .codes import failing, ingredient_failures, statuses
from .library import Reading
from .manifests import generator

_ACTIONS = 40
_TEXT = 300
_STAMPED = re.compile(r"^(legacy )?timestamp (?:cert trusted|message digest matched): ([^,]{1,200})")
# IPTC digital source types of generative models; algorithmicMedia is computed without training data and is none.
_GENERATIVE = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The active manifest, what lies behind it, and what any of them declares."""

    active: Signing
    ancestors: tuple[Ancestor, ...]
    left_out: bool
    """More ancestors than the limits allow."""
    ai_declared: bool
    redacted: bool
    identity: bool


def chain(reading: Reading, limits: Limits) -> Chain:
    """Walk the ingredients breadth first from the active manifest."""
    now = dict(ingredient_failures(reading))
    active = _signing(reading.manifests.get(reading.active), reading.active, reading.results.get("activeManifest"))
    ancestors: list[Ancestor] = []
    labels, waiting, left_out = [reading.active], [(reading.active, active, 1)], False
    while waiting:
        label, importer, depth = waiting.pop(0)
        for name, ingredient in _ingredients(reading.manifests.get(label)):
            if len(ancestors) >= limits.ancestors or depth > limits.ancestor_depth:
                left_out = True
                break
            address = f"self#jumbf=/c2pa/{label}/c2pa.assertions/{name}"
            found = _ancestor(reading, ingredient, depth, importer, now.pop(address, []))
            ancestors.append(found)
            behind = found.signing.manifest
            if behind in reading.manifests and behind not in labels:
                labels.append(behind)
                waiting.append((behind, found.signing, depth + 1))
    if now:  # failures of ingredients that no walk reached still are failures
        codes = tuple(dict.fromkeys(code for each in now.values() for code in each))
        unnamed = Ancestor(depth=1, relationship="", signing=Signing(manifest=""), failures=codes)
        ancestors.append(unnamed)
    walked = [reading.manifests.get(label) for label in labels]
    return Chain(
        active=active,
        ancestors=tuple(ancestors),
        left_out=left_out,
        ai_declared=any(code in _GENERATIVE for each in walked for code in _source_types(each)),
        redacted=any(_redacts(each) for each in walked),
        identity=any(name.startswith("cawg.identity") for each in walked for name, _ in _assertions(each)),
    )


def _ancestor(reading: Reading, ingredient: dict[str, Any], depth: int, importer: Signing, now: list[str]) -> Ancestor:
    named = ingredient.get("activeManifest") or ingredient.get("c2pa_manifest")
    label = ""
    if isinstance(named, dict):
        label = str(named.get("url", "")).removeprefix("self#jumbf=").removeprefix("/c2pa/").split("/")[0]
    recorded = ingredient.get("validationResults")
    results = recorded.get("activeManifest") if isinstance(recorded, dict) else None
    codes = [status["code"] for status in statuses(results, "failure")]
    codes += [code for code in _old_statuses(ingredient) if code not in codes]
    codes += [code for each in _recorded_deltas(recorded) for code in each]
    title = _text(ingredient.get("dc:title"))
    return Ancestor(
        depth=depth,
        relationship=_text(ingredient.get("relationship")),
        signing=_signing(reading.manifests.get(label), label[:_TEXT], results, title=title),
        failures=tuple(dict.fromkeys([*failing(codes), *now])),
        imported_by=importer.signer or importer.generator,
    )


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


def _signing(manifest: object, label: str, results: object, *, title: str = "") -> Signing:
    if not isinstance(manifest, dict):
        return Signing(manifest=label, title=title)
    signature, claim = manifest.get("signature"), manifest.get("claim")
    signature = signature if isinstance(signature, dict) else {}
    claim = claim if isinstance(claim, dict) else {}
    authority, listed = _stamp(results)
    return Signing(
        manifest=label,
        signer=_text(signature.get("common_name")) or _text(signature.get("issuer")),
        issuer=_text(signature.get("issuer")),
        signed=_text(signature.get("time")),
        time_by=authority,
        time_listed=listed,
        generator=_text(generator(claim)),
        actions=tuple(_actions(manifest))[:_ACTIONS],
        title=title or _text(claim.get("dc:title")),
    )


def _stamp(results: object) -> tuple[str, bool]:
    """The time-stamp authority and whether a list vouches for it; the library takes old claims' stamps as they come."""
    name, listed = "", False
    for status in statuses(results, "success"):
        found = _STAMPED.match(status["explanation"])
        if found and status["code"] in ("timeStamp.trusted", "timeStamp.validated"):
            name = found[2]
            listed = listed or (status["code"] == "timeStamp.trusted" and not found[1])
    return name, listed


def _assertions(manifest: object) -> Iterator[tuple[str, Any]]:
    """The assertions by label; the library lists them in another order in every run."""
    store = manifest.get("assertion_store") if isinstance(manifest, dict) else None
    yield from sorted(store.items(), key=_by_label) if isinstance(store, dict) else ()


def _by_label(item: tuple[str, Any]) -> tuple[str, int, str]:
    """ "c2pa.ingredient__10" behind "c2pa.ingredient__2" (C2PA specification 2.2, section 6.4: multiple instances)."""
    name, _, instance = item[0].partition("__")
    return name, int(instance) if instance.isascii() and instance.isdigit() and len(instance) < 9 else 0, instance


def _ingredients(manifest: object) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, content in _assertions(manifest):
        if name.startswith("c2pa.ingredient") and isinstance(content, dict):
            yield name, content


def _action_items(manifest: object) -> Iterator[dict[str, Any]]:
    for name, content in _assertions(manifest):
        if name.startswith("c2pa.actions") and isinstance(content, dict):
            found = content.get("actions")
            yield from (each for each in (found if isinstance(found, list) else ()) if isinstance(each, dict))


def _actions(manifest: object) -> Iterator[str]:
    for each in _action_items(manifest):
        code = _code(each.get("digitalSourceType"))
        yield f"{_text(each.get('action'))} ({code})" if code else _text(each.get("action"))


def _source_types(manifest: object) -> Iterator[str]:
    for each in _action_items(manifest):
        yield _code(each.get("digitalSourceType"))
    for _, content in _assertions(manifest):
        if isinstance(content, dict):
            for key in ("Iptc4xmpExt:DigitalSourceType", "digitalSourceType"):
                yield _code(content.get(key))


def _redacts(manifest: object) -> bool:
    claim = manifest.get("claim") if isinstance(manifest, dict) else None
    named = isinstance(claim, dict) and bool(claim.get("redacted_assertions"))
    return named or any(each.get("action") == "c2pa.redacted" for each in _action_items(manifest))


def _code(value: object) -> str:
    return _text(value).rstrip("/").rpartition("/")[2]


def _text(value: object) -> str:
    return value[:_TEXT] if isinstance(value, str) else ""
