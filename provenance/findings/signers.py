"""Names and times of a Credential: no name without its standing, and none that is unproven outside of quotes."""

from __future__ import annotations

import re

from ..model.credentials import Ancestor, Credential, CredentialState, Signing
from ..model.said import span
from ..model.text import quoted, visible
from ..model.time import Interval, utc_moment

NAME = 80
_ARTICLES = {"earlier version": "an", "part": "a", "input": "an", "ingredient": "an"}
_ACTION = re.compile(r"[\w.-]{1,80}(?: \(\w{1,80}\))?")


def full_name(signing: Signing | None) -> str:
    """Name and organisation of a certificate, as they stand in it; "" without one."""
    if signing is None or not signing.signer:
        return ""
    name, issuer = visible(signing.signer, limit=NAME), visible(signing.issuer, limit=NAME)
    return f"{name} ({issuer})" if issuer and issuer != name else name


def name(item: Credential) -> str:
    """The signer of the file: bare where a list vouches for the name and the bytes are those that were signed."""
    told = full_name(item.active)
    return told if item.state is CredentialState.TRUSTED or not told else quoted(told)


def importer(item: Credential, ancestor: Ancestor) -> str:
    """Whoever imported an ancestor: only the signer of this file can be one whose name is proven."""
    if not ancestor.imported_by:
        return "somebody"
    if ancestor.depth == 1 and item.state is CredentialState.TRUSTED and item.active and item.active.signer:
        return visible(ancestor.imported_by, limit=NAME)
    later = "this file" if ancestor.depth == 1 else "the later version"
    return f"the signer of {later}, self-declared as {quoted(ancestor.imported_by, limit=NAME)},"


def when(signing: Signing | None) -> str:
    """The time of signing with its standing."""
    if signing is None or not signing.signed:
        return "at a time that nothing states"
    at = _moment(signing.signed)
    if not signing.time_by:
        return f"at {at} (time claimed by the signer only)"
    if signing.time_listed:
        return f"at {at} (time-stamped by {visible(signing.time_by, limit=NAME)})"
    standing = "an authority under the list of signers" if signing.time_by_signers_list else "which no list vouches for"
    return f"at {at} (time-stamped by {quoted(signing.time_by, limit=NAME)}, {standing})"


def _moment(written: str) -> str:
    """A time of a manifest as the rest of a report writes times; verbatim where it is none."""
    moment = utc_moment(written)
    return visible(written, limit=NAME) if moment is None else span(Interval(moment, moment, True))


def listed(item: Credential) -> str:
    """The list that vouches for the signer, with its day of issue; "" where none does."""
    named = next((each for each in item.lists if each.vouches), None)
    return f"{named.name}{f' (issued {named.issued})' if named.issued else ''}" if named else ""


def called(ancestor: Ancestor) -> str:
    """What an ancestor is, by its manifests' word, with its title."""
    title = quoted(ancestor.signing.title, limit=NAME) if ancestor.signing.title else ""
    kind = ancestor.called
    if kind != ancestor.of_file:
        kind += f" of {_ARTICLES[ancestor.of_file]} {ancestor.of_file}"
    words = f"{_ARTICLES[ancestor.called]} {kind}"
    return f"{words[0].upper()}{words[1:]}{f', {title},' if title else ''}"


def kind_of(ancestors: list[Ancestor]) -> str:
    """The nearest kin among them, with its article: "an earlier version" before "a part"; that also for none."""
    kinds = {ancestor.of_file for ancestor in ancestors}
    nearest = next((kind for kind in _ARTICLES if kind in kinds), "earlier version")
    return f"{_ARTICLES[nearest]} {nearest}"


def made(signings: list[Signing]) -> str:
    """The actions that name a model, with the program that says so."""
    said = [
        f"{action if _ACTION.fullmatch(action) else quoted(action, limit=NAME)} by "
        f"{quoted(each.generator, limit=NAME) if each.generator else 'an unnamed program'}"
        for each in signings
        for action in each.actions
        if action.endswith("rainedAlgorithmicMedia)")
    ]
    return "; ".join(dict.fromkeys(said[:4]))
