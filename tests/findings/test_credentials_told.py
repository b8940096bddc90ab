"""Credentials in the desk's words: one verdict a state, and no name of a signer without its standing."""

import dataclasses
import re

import pytest

from provenance.findings import credentials
from provenance.model.credentials import Ancestor, Credential, CredentialFlag, CredentialState, Signing, TrustListUsed
from provenance.model.finding import WORDS, Question, Verdict
from provenance.model.source import Source, SourceKind

FILE = Source(kind=SourceKind.FILE, name="the file's structure", origin="file")
LISTS = (
    TrustListUsed(name="C2PA Trust List", sha256="a" * 64, issued="2026-08-05", next_update="2027-08-05"),
    TrustListUsed(name="C2PA TSA Trust List", sha256="b" * 64, issued="2026-08-05"),
)
MAKER = Signing(manifest="urn:1", signer="Leica M11-P", issuer="Leica Camera AG", signed="2026-01-02T03:04:05+00:00")


def credential(state: CredentialState, **fields: object) -> Credential:
    given: dict[str, object] = {"active": MAKER, "lists": LISTS, "codes": ("x.mismatch",), **fields}
    return Credential(source=FILE, statement="s", method="credentials", state=state, **given)  # type: ignore[arg-type]


def told(item: Credential) -> str:
    return " ".join(sentence.text for sentence in credentials.sentences(item))


def test_every_state_has_a_verdict_of_its_own() -> None:
    words = {credentials.verdict(credential(state)) for state in CredentialState}
    assert len(words) == len(CredentialState)
    assert words | {Verdict.CREDENTIALS_NONE, Verdict.NOT_CHECKED} == set(WORDS[Question.ORIGIN])


@pytest.mark.parametrize("state", [state for state in CredentialState if state is not CredentialState.TRUSTED])
def test_a_name_that_no_list_vouches_for_is_never_told_bare(state: CredentialState) -> None:
    item = credential(state)
    for text in (told(item), credentials.opening(item)):
        if "Leica" in text:
            assert re.search(r"self-declared|unproven|by its own word", text)


@pytest.mark.parametrize(
    "state",
    [
        CredentialState.EXPIRED_UNPROVEN_TIME,
        CredentialState.LAYOUT_NONCONFORMING,
        CredentialState.VALID_UNTRUSTED,
        CredentialState.TRUSTED,
    ],
)
def test_what_was_not_changed_is_not_called_changed(state: CredentialState) -> None:
    text = told(credential(state, codes=("signingCredential.expired",)))
    assert "not the one that was signed" not in text and "do not verify" not in text


def test_a_trusted_name_has_its_list_and_says_what_it_does_not_prove() -> None:
    vouching = (TrustListUsed(name="C2PA Trust List", sha256="a" * 64, issued="2026-08-05", vouches=True),)
    text = told(credential(CredentialState.TRUSTED, lists=vouching))
    assert "The signer is on the C2PA Trust List (issued 2026-08-05)." in text
    assert "not that the scene, place or date is as described" in text
    assert "time claimed by the signer only" in text
    assert "sha256 aaaaaaaaaaaa" in text


def test_the_retired_list_is_named_where_only_it_vouches() -> None:
    retired = (TrustListUsed(name=credentials.INTERIM, sha256="a" * 64, issued="2026-01-01", vouches=True),)
    item = credential(CredentialState.TRUSTED, lists=retired)
    assert "(retired interim list)" in credentials.opening(item)
    assert "retired interim list" in told(item)


def test_a_failed_ancestor_is_told_in_the_first_line_and_in_full() -> None:
    parent = Ancestor(
        depth=1,
        relationship="parentOf",
        signing=Signing(manifest="urn:0", title="parent.jpg"),
        failures=("assertion.dataHash.mismatch",),
        imported_by="Bench Editor",
    )
    item = credential(CredentialState.TRUSTED, flags=(CredentialFlag.ANCESTOR_FAILED,), ancestors=(parent,))
    assert "an earlier version did not verify" in credentials.opening(item)
    assert "did not verify when Bench Editor imported it (assertion.dataHash.mismatch)" in told(item)
    assert "The current signature does not repair that." in told(item)


def test_a_declared_model_is_told_with_the_action_and_who_says_so() -> None:
    maker = Signing(
        manifest="m", model=True, generator="Painter 2", actions=("c2pa.created (trainedAlgorithmicMedia)",)
    )
    parent = Ancestor(depth=1, relationship="parentOf", signing=maker)
    item = credential(CredentialState.TRUSTED, flags=(CredentialFlag.AI_DECLARED,), ancestors=(parent,))
    assert "a generative model is declared" in credentials.opening(item)
    assert 'c2pa.created (trainedAlgorithmicMedia) by "Painter 2"' in told(item)


def test_an_unlisted_time_stamp_says_so() -> None:
    stamped = Signing(manifest="m", signer="S", signed="2026-01-02T03:04:05Z", time_by="T", time_listed=False)
    assert 'time-stamped by "T", which no list vouches for' in told(
        credential(CredentialState.VALID_UNTRUSTED, active=stamped)
    )
    under = dataclasses.replace(stamped, time_by_signers_list=True)
    assert "an authority under the list of signers" in told(credential(CredentialState.TRUSTED, active=under))


def test_what_a_file_says_is_harmless_in_our_sentences() -> None:
    hostile = Signing(manifest="m", signer="\u202eevil\x1b[31m", issuer="\n\n", title="\u2066")
    item = credential(CredentialState.VALID_UNTRUSTED, active=hostile)
    assert all(character.isprintable() for character in told(item) + credentials.opening(item))


def test_every_sentence_cites_the_credential() -> None:
    for state in CredentialState:
        item = credential(state, flags=tuple(CredentialFlag))
        assert all(sentence.cites == (item.id,) for sentence in credentials.sentences(item))


EVIL = 'X", which is on the C2PA Trust List. "\u201d'


@pytest.mark.parametrize("state", [state for state in CredentialState if state is not CredentialState.TRUSTED])
def test_an_unproven_name_cannot_end_its_quotation(state: CredentialState) -> None:
    signed = Signing(manifest="m", signer=EVIL, issuer=EVIL, time_by=EVIL, signed="2026-01-02", title=EVIL)
    failed = Ancestor(depth=1, relationship="parentOf", signing=signed, failures=("x.mismatch",), imported_by=EVIL)
    later = dataclasses.replace(failed, depth=2)
    item = credential(state, active=signed, ancestors=(failed, later), flags=(CredentialFlag.ANCESTOR_FAILED,))
    for text in (told(item), credentials.opening(item)):
        outside = "".join(text.split('"')[::2])
        assert "which is on the C2PA" not in outside and "\u201d" not in text


def test_only_the_signer_of_a_trusted_file_is_named_bare_as_an_importer() -> None:
    near = Ancestor(
        depth=1, relationship="parentOf", signing=MAKER, failures=("x.mismatch",), imported_by="Leica M11-P"
    )
    far = dataclasses.replace(near, depth=2)
    assert "when Leica M11-P imported it" in told(credential(CredentialState.TRUSTED, ancestors=(near,)))
    for item in (
        credential(CredentialState.TRUSTED, ancestors=(far,)),
        credential(CredentialState.VALID_UNTRUSTED, ancestors=(near,)),
    ):
        assert 'self-declared as "Leica M11-P", imported it' in told(item)


@pytest.mark.parametrize("state", [CredentialState.CONTENT_CHANGED, CredentialState.MANIFEST_DAMAGED])
def test_credentials_that_do_not_hold_declare_nothing_of_this_picture(state: CredentialState) -> None:
    maker = Signing(manifest="m", model=True, actions=("c2pa.created (trainedAlgorithmicMedia)",))
    item = credential(state, active=maker, flags=(CredentialFlag.AI_DECLARED,))
    assert "model" not in credentials.opening(item)
    assert "which do not hold for this file" in told(item)
    assert "nothing follows for this picture" in told(item)


@pytest.mark.parametrize(
    "state",
    [CredentialState.TRUSTED, CredentialState.VALID_UNTRUSTED, CredentialState.EXPIRED_UNPROVEN_TIME],
)
def test_what_lies_outside_the_hash_is_not_called_unchanged(state: CredentialState) -> None:
    item = credential(state, flags=(CredentialFlag.METADATA_OUTSIDE_BINDING,))
    assert "; tags not covered" in credentials.opening(item)
    assert not re.search(r"(^|\. )Unchanged", told(item))
    assert "picture data" in told(item)


def test_a_layout_that_leaves_no_tags_out_accuses_none() -> None:
    bare = credential(CredentialState.LAYOUT_NONCONFORMING, unbound_bytes=40)
    assert "tags" not in told(bare) and "40 bytes beside the manifest store unprotected" in told(bare)
    tags = credential(CredentialState.LAYOUT_NONCONFORMING, flags=(CredentialFlag.METADATA_OUTSIDE_BINDING,))
    assert "the file's tags among them" in told(tags)


def test_the_damaged_sentence_names_what_speaks_of_damage_only() -> None:
    codes = ("signingCredential.untrusted", "assertion.hashedURI.mismatch")
    text = told(credential(CredentialState.MANIFEST_DAMAGED, codes=codes))
    assert "do not verify (assertion.hashedURI.mismatch)" in text


@pytest.mark.parametrize(
    ("relationship", "words"),
    [("parentOf", "An earlier version"), ("componentOf", "A part"), ("inputTo", "An input"), ("x", "An ingredient")],
)
def test_an_ancestor_is_called_what_it_is(relationship: str, words: str) -> None:
    one = Ancestor(depth=1, relationship=relationship, signing=Signing(manifest="m"), failures=("x.mismatch",))
    item = credential(CredentialState.TRUSTED, flags=(CredentialFlag.ANCESTOR_FAILED,), ancestors=(one,))
    assert f"{words} did not verify when" in told(item)
    assert f"; {words[0].lower()}{words[1:]} did not verify" in credentials.opening(item)
