"""The addresses of a host that may be connected to, looked up once for a request and never again."""

from __future__ import annotations

import threading
from ipaddress import ip_address

from ..errors import FetchError, ForbiddenError
from ..model.text import visible
from .address import closed
from .exchange import Policy
from .paced import Deadline
from .target import Target, port_of, target

MOST_ADDRESSES = 4
"""Addresses of one host that are tried while none of them answers."""


def open_addresses(there: Target, policy: Policy, deadline: Deadline) -> tuple[str, ...]:
    """The host's addresses that may be connected to, in the order in which to try them.

    Raises ForbiddenError when there is none, FetchError when the name is not found, TimeoutError past the deadline.
    """
    host = there.host
    found = _resolved(host, there.port, policy, deadline) if isinstance(host, str) else (str(host),)
    reasons = {address: _closed(address) for address in found}
    usable = tuple(name for name in found if not reasons[name] or (name, there.port) in policy.loopback)
    if not usable:
        named = visible(f"{found[0]}, {reasons[found[0]]}" if found else "no address", limit=100)
        leads = named if found == (str(host),) else f"{there.authority} leads to {named}"
        raise ForbiddenError(leads, remedy="only addresses on the open net are asked")
    return usable[:MOST_ADDRESSES]


def never_asked(url: str, policy: Policy) -> ForbiddenError | None:
    """Why an address that a person names can never be asked, by what is written alone: nobody else is asked."""
    try:
        there = target(url, policy.ports | port_of(url))
        if not isinstance(there.host, str) or _here(there.host):
            open_addresses(there, policy, Deadline(policy.within_s))
    except ForbiddenError as error:
        return error
    except FetchError:  # a machine that does not know its own name
        return None
    return None


def _here(host: str) -> bool:
    """Whether a name is this machine's own, which its resolver answers by itself (RFC 6761, section 6.3)."""
    return host.rstrip(".").lower() == "localhost"


def _closed(address: str) -> str:
    try:
        return closed(ip_address(address))
    except ValueError:
        return "which is no address"


def _resolved(host: str, port: int, policy: Policy, deadline: Deadline) -> tuple[str, ...]:
    """The answer of the resolver, which knows no time limit of its own: it is left behind when the time is over."""
    answers: list[tuple[str, ...]] = []
    faults: list[str] = []

    def ask() -> None:
        try:
            answers.append(policy.resolve(host, port))
        except (OSError, UnicodeError) as error:
            faults.append(visible(str(getattr(error, "strerror", None) or error), limit=120))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(deadline.left_s())
    if not answers:
        why = faults[0] if faults else "the resolver does not answer"
        raise FetchError(
            f"the address of {visible(host, limit=100)} is not found: {why}",
            remedy="check the address and the connection, or ask again later",
        )
    return answers[0]
