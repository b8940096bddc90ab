"""Status codes into states, on readings written by hand: what no library signs for us."""

from types import SimpleNamespace
from typing import Any

import pytest

from provenance.metadata.credentials.codes import state
from provenance.metadata.credentials.library import Reading
from provenance.metadata.credentials.lists import TrustList
from provenance.metadata.credentials.signings import stamp
from provenance.model.credentials import CredentialState as State

LAYOUT = "data hash exclusion does not match the manifest location in the asset"
LIST = TrustList(name="a list", anchors="")


def reading(*failed: tuple[str, str], deltas: tuple[str, ...] = (), listed: bool = False, **store: Any) -> Reading:
    succeeded = [{"code": "claimSignature.validated", "url": "", "explanation": ""}]
    if listed:
        succeeded.append({"code": "signingCredential.trusted", "url": "", "explanation": "found in [system_anchors]"})
    results = {
        "activeManifest": {
            "success": succeeded,
            "failure": [{"code": code, "url": "", "explanation": words} for code, words in failed],
        },
        "ingredientDeltas": [
            {"ingredientAssertionURI": "u", "validationDeltas": {"failure": [{"code": code} for code in deltas]}}
        ],
    }
    return Reading(
        trust_list=LIST, active="m", manifests={"m": {"claim": {}, "assertion_store": store}}, results=results
    )


@pytest.mark.parametrize(
    ("failed", "recomputed", "expected"),
    [
        ([], None, State.TRUSTED),
        (["signingCredential.untrusted"], None, State.VALID_UNTRUSTED),
        (["signingCredential.invalid"], None, State.VALID_UNTRUSTED),
        (["signingCredential.ocsp.revoked"], None, State.VALID_UNTRUSTED),
        (["signingCredential.expired"], None, State.EXPIRED_UNPROVEN_TIME),
        (["claimSignature.outsideValidity"], None, State.EXPIRED_UNPROVEN_TIME),
        (["signingCredential.expired", "assertion.dataHash.mismatch"], None, State.CONTENT_CHANGED),
        (["assertion.bmffHash.mismatch"], None, State.CONTENT_CHANGED),
        (["assertion.boxesHash.mismatch", "assertion.hashedURI.mismatch"], None, State.CONTENT_CHANGED),
        (["assertion.hashedURI.mismatch"], None, State.MANIFEST_DAMAGED),
        (["claimSignature.mismatch", "assertion.dataHash.mismatch"], None, State.MANIFEST_DAMAGED),
        (["assertion.undeclared"], None, State.MANIFEST_DAMAGED),
        (["something.unheard.of"], None, State.UNREADABLE),
        (["general.error"], None, State.UNREADABLE),
        (["assertion.inaccessible"], None, State.UNREADABLE),
        (["manifest.inaccessible"], None, State.UNREADABLE),
        (["assertion.externalReference.inaccessible"], None, State.UNREADABLE),
        (["assertion.dataHash.malformed"], None, State.UNREADABLE),
        (["something.unheard.of", "assertion.dataHash.mismatch"], None, State.CONTENT_CHANGED),
        (["hashedURI.missing"], None, State.MANIFEST_DAMAGED),
        (["assertion.outsideManifest"], None, State.MANIFEST_DAMAGED),
        (["ingredient.manifest.missing"], None, State.MANIFEST_DAMAGED),
        (["claim.multiple"], None, State.MANIFEST_DAMAGED),
        (["cawg.identity.unknown", "timeStamp.mismatch"], None, State.TRUSTED),
        (["assertion.action.malformed"], None, State.UNREADABLE),
        (["manifest.multipleParents", "assertion.hashedURI.mismatch"], None, State.MANIFEST_DAMAGED),
    ],
)
def test_codes_are_read_as_what_they_say(failed: list[str], recomputed: bool | None, expected: State) -> None:
    told = state(reading(*((code, "") for code in failed), listed=True), recomputed=recomputed)
    assert told is expected


@pytest.mark.parametrize(
    ("words", "recomputed", "expected"),
    [
        (LAYOUT, True, State.LAYOUT_NONCONFORMING),
        (LAYOUT, False, State.CONTENT_CHANGED),
        (LAYOUT, None, State.CONTENT_CHANGED),
        ("hashes do not match", True, State.CONTENT_CHANGED),
    ],
)
def test_an_objection_to_the_layout_counts_only_with_our_own_match(
    words: str, recomputed: bool | None, expected: State
) -> None:
    assert state(reading(("assertion.dataHash.mismatch", words)), recomputed=recomputed) is expected


def test_a_claim_whose_signature_was_not_validated_is_damaged_whatever_else_is_said() -> None:
    empty = Reading(
        trust_list=LIST, active="m", manifests={}, results={"activeManifest": {"success": [], "failure": []}}
    )
    assert state(empty, recomputed=None) is State.MANIFEST_DAMAGED


def test_what_fails_of_an_ingredient_only_now_was_changed_after_signing() -> None:
    assert (
        state(reading(deltas=("ingredient.manifest.mismatch",), listed=True), recomputed=None) is State.MANIFEST_DAMAGED
    )
    assert state(reading(deltas=("signingCredential.untrusted",), listed=True), recomputed=None) is State.TRUSTED


def under(name: str, *failed: str, listed: bool = False, stamp: str = "") -> Reading:
    told = reading(*((code, "") for code in failed), listed=listed)
    if stamp:
        told.results["activeManifest"]["success"].append(
            {"code": "timeStamp.trusted", "url": "", "explanation": f"timestamp cert trusted: {stamp}"}
        )
    return Reading(
        trust_list=TrustList(name=name, anchors=""), active="m", manifests=told.manifests, results=told.results
    )


def test_the_report_rests_on_the_list_that_vouches(make: SimpleNamespace) -> None:
    from provenance.metadata.credentials.check import _best

    refused = under("a", "signingCredential.ocsp.revoked", "signingCredential.untrusted")
    vouching = under("b", "signingCredential.ocsp.revoked", listed=True)
    told = [(each, state(each, recomputed=None)) for each in (refused, vouching)]
    assert _best(told) == (vouching, State.VALID_UNTRUSTED)
    expired = under("c", "signingCredential.expired", listed=True)
    told = [(each, state(each, recomputed=None)) for each in (under("a", "signingCredential.untrusted"), expired)]
    assert _best(told) == (expired, State.EXPIRED_UNPROVEN_TIME)
    unlisted = under("c", "signingCredential.expired", "signingCredential.untrusted")
    told = [(each, state(each, recomputed=None)) for each in (unlisted, under("a", "signingCredential.untrusted"))]
    assert _best(told)[1] is State.VALID_UNTRUSTED
    timed = under("b", "signingCredential.untrusted", stamp="T, trust list: user_anchors")
    told = [(each, state(each, recomputed=None)) for each in (under("a", "signingCredential.untrusted"), timed)]
    assert _best(told) == (timed, State.VALID_UNTRUSTED)


@pytest.mark.parametrize(
    ("words", "added", "expected"),
    [
        ("T, trust list: user_anchors", False, ("T", True, False)),
        ("T, trust list: system_anchors", False, ("T", False, True)),
        ("T, trust list: system_anchors", True, ("T", True, False)),
        (
            "T, trust list: user_anchors, trust list: system_anchors",
            False,
            ("T, trust list: user_anchors", False, True),
        ),
        ("T", False, ("T", False, False)),
    ],
)
def test_which_list_vouches_for_a_time(words: str, added: bool, expected: tuple[str, bool, bool]) -> None:
    results = under("a", stamp=words).results["activeManifest"]
    assert stamp(results, TrustList(name="a", anchors="", added=added)) == expected
    assert stamp(results, None) == (expected[0], False, False)
