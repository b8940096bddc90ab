"""What one manifest says: who signed it, when, with which program, and what it asserts of the making."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from ...model.credentials import Signing
from .codes import statuses
from .lists import TrustList
from .manifests import generator

_ACTIONS = 40
_TEXT = 300
_NAME = 200
_STAMPED = ("timestamp cert trusted: ", "legacy timestamp cert trusted: ", "timestamp message digest matched: ")
# IPTC digital source types of generative models; algorithmicMedia is computed without training data and is none.
_GENERATIVE = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")


def signing(manifest: object, label: str) -> Signing:
    """Signer, program and actions of a manifest; of its time-stamp only the time, for results tell whose it is."""
    if not isinstance(manifest, dict):
        return Signing(manifest=label)
    signature, claim = manifest.get("signature"), manifest.get("claim")
    signature = signature if isinstance(signature, dict) else {}
    claim = claim if isinstance(claim, dict) else {}
    return Signing(
        manifest=label,
        signer=text(signature.get("common_name")) or text(signature.get("issuer")),
        issuer=text(signature.get("issuer")),
        signed=text(signature.get("time")),
        generator=text(generator(claim)),
        actions=tuple(islice(_actions(manifest), _ACTIONS)),
        model=any(code in _GENERATIVE for code in source_types(manifest)),
        title=text(claim.get("dc:title")),
    )


def stamp(results: object, trust_list: TrustList | None) -> tuple[str, bool, bool]:
    """The time-stamp authority; whether a list for times vouches for it; whether only the list of signers does.

    The library says in which pool it found the authority: "user_anchors" is the list of authorities for times,
    "system_anchors" the list asked for signers, which counts for times where the desk added it (library.py). Stamps of
    old claims ("legacy") it takes as they come. `trust_list` is None for what an importer recorded.
    """
    name, listed, under = "", False, False
    for status in statuses(results, "success"):
        start = next((words for words in _STAMPED if status["explanation"].startswith(words)), "")
        if not start or status["code"] not in ("timeStamp.trusted", "timeStamp.validated"):
            continue
        told = status["explanation"].removeprefix(start)
        named, _, pool = told.rpartition(", trust list: ")  # the last one: a name may hold such words too
        name = (named or told)[:_NAME]
        if status["code"] == "timeStamp.trusted" and start == _STAMPED[0] and trust_list is not None:
            by_times = pool == "user_anchors" or (pool == "system_anchors" and trust_list.added)
            listed, under = listed or by_times, under or (pool == "system_anchors" and not by_times)
    return name, listed, under and not listed


def assertions(manifest: object) -> Iterator[tuple[str, Any]]:
    """The assertions by label; the library lists them in another order in every run."""
    store = manifest.get("assertion_store") if isinstance(manifest, dict) else None
    yield from sorted(store.items(), key=_by_label) if isinstance(store, dict) else ()


def _by_label(item: tuple[str, Any]) -> tuple[str, int, str]:
    """ "c2pa.ingredient__10" behind "c2pa.ingredient__2" (C2PA specification 2.2, section 6.4: multiple instances)."""
    name, _, instance = item[0].partition("__")
    return name, int(instance) if instance.isascii() and instance.isdigit() and len(instance) < 9 else 0, instance


def ingredients(manifest: object) -> list[tuple[str, dict[str, Any]]]:
    """The ingredient assertions by name."""
    return [
        (name, content)
        for name, content in assertions(manifest)
        if name.startswith("c2pa.ingredient") and isinstance(content, dict)
    ]


def _action_items(manifest: object) -> Iterator[dict[str, Any]]:
    for name, content in assertions(manifest):
        if name.startswith("c2pa.actions") and isinstance(content, dict):
            found = content.get("actions")
            yield from (each for each in (found if isinstance(found, list) else ()) if isinstance(each, dict))


def _actions(manifest: object) -> Iterator[str]:
    for each in _action_items(manifest):
        code = _code(each.get("digitalSourceType"))
        yield f"{text(each.get('action'))} ({code})" if code else text(each.get("action"))


def source_types(manifest: object) -> Iterator[str]:
    """The digital source types of actions and of other assertions, by their last part."""
    for each in _action_items(manifest):
        yield _code(each.get("digitalSourceType"))
    for _, content in assertions(manifest):
        if isinstance(content, dict):
            for key in ("Iptc4xmpExt:DigitalSourceType", "digitalSourceType"):
                yield _code(content.get(key))


def redacts(manifest: object) -> bool:
    """Whether the manifest takes something out of an earlier one."""
    claim = manifest.get("claim") if isinstance(manifest, dict) else None
    named = isinstance(claim, dict) and bool(claim.get("redacted_assertions"))
    return named or any(each.get("action") == "c2pa.redacted" for each in _action_items(manifest))


def _code(value: object) -> str:
    return text(value).rstrip("/").rpartition("/")[2]


def text(value: object) -> str:
    """A text, cut; "" for what is none."""
    return value[:_TEXT] if isinstance(value, str) else ""
