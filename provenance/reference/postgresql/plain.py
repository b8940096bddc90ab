"""Whether the tables of a set do nothing of their own: a server runs what belongs to a table as whoever asks.

A rule, a policy, a default, a condition, or a function that is called like one of the server's own would be run with
the rights of each desk that searches or adds (https://www.postgresql.org/docs/current/ddl-schemas.html, 5.10.6).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...errors import UnusableSetError
from ...model.text import visible
from .address import Address
from .schema import SCHEMA

if TYPE_CHECKING:
    import psycopg

# Until it is known that nothing in the set's schema is called like the server's own.
_ALONE = b"SET search_path = pg_catalog, pg_temp"
# Our own schema alone: nobody else's function or table is taken for ours.
_WITH_OURS = f"SET search_path = pg_catalog, {SCHEMA}, pg_temp".encode()
_NAME_CHARS = 63
# A cast, a condition, ... that the format's own statements give, as the server writes it without spaces and brackets.
_OURS = re.compile(
    r"0|''::text|'x'::text\|\|encodecode,'hex'::text::bitvarying|one=1|nextval'[a-z_.]*'::regclass"
    r"|substringbitsfrom[0-9]+for[0-9]+::bit[0-9]+::integer|searchable=1andoctet_lengthcode=[0-9]+",
    re.IGNORECASE,
)
_BRACKETS = str.maketrans("", "", " ()")
_HERE = f"to_regnamespace('{SCHEMA}')::oid"
_FOUND = f"""
    WITH ours AS (SELECT * FROM pg_class WHERE relnamespace = {_HERE})
    SELECT 'a function', proname::text, NULL::text FROM pg_proc WHERE pronamespace = {_HERE}
    UNION ALL SELECT 'an operator', oprname::text, NULL FROM pg_operator WHERE oprnamespace = {_HERE}
    UNION ALL SELECT 'a type', typname::text, NULL FROM pg_type WHERE typnamespace = {_HERE}
        AND typtype <> 'c' AND (typtype <> 'b' OR typcategory <> 'A')
    UNION ALL SELECT 'a rule of', relname::text, NULL FROM ours JOIN pg_rewrite ON ours.oid = ev_class
        WHERE relkind <> 'v'
    UNION ALL SELECT 'a policy of', relname::text, NULL FROM ours WHERE relrowsecurity
    UNION ALL SELECT 'a child of', relname::text, NULL FROM ours JOIN pg_inherits ON ours.oid = inhparent
        WHERE relkind = 'r'
    UNION ALL SELECT 'a default of', relname::text, pg_get_expr(adbin, adrelid)
        FROM pg_attrdef JOIN ours ON ours.oid = adrelid
    UNION ALL SELECT 'a condition of', relname::text, coalesce(pg_get_expr(conbin, conrelid), '')
        FROM pg_constraint JOIN ours ON ours.oid = conrelid WHERE contype IN ('c', 'f', 't', 'x')
    UNION ALL SELECT 'an index of', relname::text, told FROM pg_index JOIN ours ON ours.oid = indrelid
        CROSS JOIN LATERAL (VALUES (pg_get_expr(indexprs, indrelid)), (pg_get_expr(indpred, indrelid))) AS t (told)
        WHERE told IS NOT NULL""".encode()  # noqa: S608 a name of ours


def require_plain(connection: psycopg.Connection, address: Address) -> None:
    """Raises UnusableSetError where something of the set's schema would be run; from then on its names are looked up.

    Whoever owns the set may change it later: what is asked here holds for the moment at which the desk connects.
    """
    connection.execute(_ALONE)
    for kind, name, told in connection.execute(_FOUND).fetchall():
        if told is None or not _OURS.fullmatch(told.translate(_BRACKETS)):
            raise UnusableSetError(
                f"{address.shown} has {kind} {visible(name, limit=_NAME_CHARS)}, as no reference set has: the server"
                " would run it as this user",
                remedy="have its owner take that away, or do not use this database",
            )
    connection.execute(_WITH_OURS)
