"""What a server or the driver complains of, as errors that a person can mend, without a password in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...errors import ReferenceSetError, UnusableSetError
from ...model.text import visible
from .address import Address

if TYPE_CHECKING:
    import psycopg

RESTORE = "restore the database from a backup, or fill a new one from the pictures with: provenance add"
# What a row of another type or length than was written leads to.
NOT_AS_WRITTEN = (AttributeError, LookupError, TypeError, ValueError, RecursionError, OverflowError)
_LONGEST = 300
_REACH = "see that the server runs and can be reached, then try again; what was acknowledged before is kept"
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_CODE = {
    "28": ("does not let this user in", "check the user's name and password; the password goes into ~/.pgpass"),
    "3D": ("has no such database", "check the name, or have the database made with: createdb NAME"),
    "42501": ("does not let this user do that", "have the owner of the database give this user the right"),
    "25006": ("does not take changes", "name the server that others are copies of"),
    "55P03": ("is being written by another program", "wait until it ends, then try again"),
    "57014": ("took too long to answer", "try again when it has less to do"),
    "53": ("has no room or no connection left", "make room there, or try again later"),
    "08": ("does not reach one of the servers that the set is spread over", _REACH),
    "42P01": ("lacks one of the set's tables", RESTORE),
}
_AT_THE_DOOR = {
    "authentication failed": "28",
    "no password supplied": "28",
    "no pg_hba.conf entry": "28",
    'FATAL:  role "': "28",
    'FATAL:  database "': "3D",
    "too many clients": "53",
    "remaining connection slots": "53",
}


def damaged(address: Address, detail: str) -> UnusableSetError:
    """The set cannot be trusted any more."""
    told = visible(address.without_secrets(detail), limit=_LONGEST)
    return UnusableSetError(f"the reference set {address.shown} is damaged: {told}", remedy=RESTORE)


@contextmanager
def translated(address: Address) -> Iterator[None]:
    """Turn every error of the driver, and rows that are not what was written, into a ReferenceSetError."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        stopped = _stopped_by(error)
        if stopped is not None:
            raise stopped from None
        # Not "from error": the driver's own text may hold what was asked, passwords of the URL among it.
        raise _error(address, error) from None
    except NOT_AS_WRITTEN as error:
        raise damaged(address, str(error) or type(error).__name__) from error


def _stopped_by(error: BaseException) -> KeyboardInterrupt | None:
    """The Ctrl-C after which an error came. It has the driver cancel what a server does, and a server that is told late
    cancels what is asked of it next, to tidy up.
    """
    before = error.__context__
    while before is not None and not isinstance(before, KeyboardInterrupt):
        before = before.__context__
    return before


def _error(address: Address, error: psycopg.Error) -> ReferenceSetError:
    import psycopg

    code = error.sqlstate or ""
    for start, (words, remedy) in _BY_CODE.items():
        if code.startswith(start):
            return ReferenceSetError(f"the server of {address.shown} {words}", remedy=remedy)
    # A connection that is refused has no code, only the server's words, in English unless its owner chose otherwise.
    for said, known in _AT_THE_DOOR.items():
        if not code and said in str(error):
            words, remedy = _BY_CODE[known]
            return ReferenceSetError(f"the server of {address.shown} {words}", remedy=remedy)
    first = next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    told = visible(address.without_secrets(first), limit=_LONGEST)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        words = "cannot be reached" if "connection failed" in told or not code else "gave up"
        return ReferenceSetError(f"the server of {address.shown} {words}: {told}", remedy=_REACH)
    if isinstance(error, psycopg.DataError):
        return ReferenceSetError(
            f"the reference set {address.shown} cannot keep a value: {told}", remedy="correct that value"
        )
    return damaged(address, told)
