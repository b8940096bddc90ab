"""Rows and tables that no set has: a server is trusted less than a file."""

import re

import pytest

from provenance.errors import ProvenanceError, ReferenceSetError, StatementsError, UnusableSetError
from provenance.reference.open import open_set
from tests.reference.conformance.engines import alter
from tests.reference.pictures import FULL, NOW, code, entry, featured, features, probe_of

psycopg = pytest.importorskip("psycopg")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE images SET width_px = -1", "UPDATE images SET width_px = 999999999999", "UPDATE images SET kept = '/../x'",
     "UPDATE images SET media_type = repeat('x', 9999)", "UPDATE images SET records = 7",
     "UPDATE appearances SET record = repeat('[', 200000)::bytea", "DELETE FROM images",
     "UPDATE appearances SET record = '\\xff'", "UPDATE reference_set SET name = repeat('n', 5000)"],
)  # fmt: skip
def test_a_row_that_no_set_holds_is_damage_and_no_answer(url: str, store, statement: str) -> None:
    store.add([entry(1, FULL)])
    alter(url, statement)
    with pytest.raises(UnusableSetError, match="damaged"):
        store.get([entry(1).image_id])
    assert store.verify().wrong


@pytest.mark.parametrize(
    "statement",
    ["UPDATE fingerprints SET code = '\\x00' WHERE seq = first", "DELETE FROM fingerprints WHERE seq = first",
     "UPDATE fingerprints SET code = set_byte(code, 3, 1) WHERE seq = last", "UPDATE checksums SET searchable = -5",
     "UPDATE fingerprints SET image_id = '\\x07' WHERE seq = first", "UPDATE checksums SET checksum = '\\x00'",
     "UPDATE fingerprints SET searchable = 1", "DELETE FROM checksums"],
)  # fmt: skip
def test_codes_that_are_not_those_that_were_written_answer_nothing(url: str, store, statement: str) -> None:
    store.add([entry(1), entry(2), entry(3, searchable=False)])
    for word, which in (("first", "min"), ("last", "max")):
        statement = statement.replace(word, f"(SELECT {which}(seq) FROM fingerprints WHERE searchable = 1)")
    alter(url, statement)
    with pytest.raises(UnusableSetError, match="damaged"):
        store.near([code(2)], "phash256/1", 60)
    assert store.verify().wrong


@pytest.mark.parametrize(
    "statement",
    ["UPDATE postings SET points = '\\x00'", "UPDATE blocks SET after = 3", "UPDATE blocks SET last = 0",
     "DELETE FROM features WHERE seq = 2", "DELETE FROM checksums", "UPDATE features SET points = -1 WHERE seq = 9",
     "UPDATE features SET words = '\\x00' WHERE seq = 9"],
)  # fmt: skip
def test_features_that_are_not_those_that_were_written_count_for_nothing(url: str, store, statement: str) -> None:
    store.add([featured(seed, features(seed)) for seed in range(8)])
    store.add([featured(9, features(9))])
    alter(url, statement)
    with pytest.raises(UnusableSetError, match="damaged"):
        store.vote(probe_of(features(2)), "points/1", 3)


@pytest.mark.parametrize(
    "statements",
    [("ALTER TABLE images RENAME TO real_images", "CREATE VIEW images AS SELECT * FROM real_images"),
     ("CREATE OR REPLACE FUNCTION public.acts() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
      "CREATE TRIGGER t BEFORE INSERT ON images FOR EACH ROW EXECUTE FUNCTION public.acts()"),
     ("ALTER TABLE images ALTER COLUMN size_bytes TYPE numeric",)],
)  # fmt: skip
def test_tables_that_would_do_something_of_their_own_are_refused(url: str, statements: tuple[str, ...]) -> None:
    open_set(url, create=True).close()
    alter(url, *statements)
    with pytest.raises(UnusableSetError, match="tables that no reference set has"):
        open_set(url)


RUNS = "CREATE OR REPLACE FUNCTION public.runs() RETURNS text LANGUAGE sql AS 'SELECT current_user::text'"


@pytest.mark.parametrize(
    ("what", "statements"),
    [("a function bit_count",
      ["CREATE FUNCTION bit_count(bit varying) RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint'"]),
     ("a function format_type",
      ["CREATE FUNCTION format_type(oid, text) RETURNS text LANGUAGE sql AS $$SELECT 'text'$$"]),
     ("an operator |#|", ["CREATE OPERATOR |#| (FUNCTION = byteacat, LEFTARG = bytea, RIGHTARG = bytea)"]),
     ("a type short", ["CREATE DOMAIN short AS text CHECK (public.runs() <> '')"]),
     ("a rule of images", ["CREATE RULE r AS ON INSERT TO images DO ALSO SELECT public.runs()"]),
     ("a policy of images", ["ALTER TABLE images ENABLE ROW LEVEL SECURITY",
                             "CREATE POLICY p ON images USING (public.runs() <> '')"]),
     ("a child of images", ["CREATE TABLE public.more () INHERITS (images)"]),
     ("a default of images", ["ALTER TABLE images ALTER COLUMN kept SET DEFAULT public.runs()"]),
     ("a default of images",
      ["ALTER TABLE images ALTER COLUMN kept SET DEFAULT query_to_xml('SELECT 1', true, true, '')::text"]),
     ("a condition of images", ["ALTER TABLE images ADD CHECK (public.runs() <> '')"]),
     ("an index of images", ["CREATE FUNCTION public.fixed() RETURNS text IMMUTABLE LANGUAGE sql AS $$SELECT 'x'$$",
                             "CREATE INDEX i ON images ((public.fixed()))"]),
     ("an index of images", ["CREATE INDEX i ON images (size_bytes) WHERE upper(kept) <> ''"])],
)  # fmt: skip
def test_what_the_server_would_run_as_whoever_asks_is_refused(url: str, what: str, statements: list[str]) -> None:
    open_set(url, create=True).close()
    try:
        alter(url, RUNS, *statements)
        for create in (False, True):
            with pytest.raises(UnusableSetError, match=f"has {re.escape(what)}, as no reference set has"):
                open_set(url, create=create)
    finally:
        alter(url, "DROP TABLE IF EXISTS public.more", "DROP FUNCTION IF EXISTS public.fixed CASCADE",
              "DROP FUNCTION IF EXISTS public.runs CASCADE")  # fmt: skip


def test_what_its_owner_took_away_again_is_not_held_against_a_set(url: str) -> None:
    open_set(url, create=True).close()
    alter(url, "CREATE RULE r AS ON INSERT TO images DO ALSO SELECT 1", "DROP RULE r ON images",
          "CREATE TABLE public.more () INHERITS (images)", "DROP TABLE public.more")  # fmt: skip
    open_set(url).close()


def test_indexes_that_run_nothing_may_be_added(url: str) -> None:
    open_set(url, create=True).close()
    alter(url, "CREATE INDEX i ON images (added_at)", "GRANT SELECT ON images TO public")
    open_set(url).close()


def test_what_a_server_cannot_keep_is_refused_and_nothing_is_written(url: str, store) -> None:
    store.add([entry(1, FULL)])
    with pytest.raises(ReferenceSetError, match="cannot keep a value"):
        store.edit_record(entry(1).image_id, FULL.id, {"caption": "x"}, note="a\0b", now=NOW)
    assert store.records(entry(1).image_id) == (FULL,)
    with pytest.raises(StatementsError):
        store.edit_record(entry(1).image_id, FULL.id, {"colour": "x"}, now=NOW)
    with pytest.raises(ProvenanceError, match="keeps no copies") as caught:
        store.keep(entry(1).image_id, b"bytes", "image/jpeg")
    assert "--keep" in caught.value.remedy and store.kept_copy(entry(1).image_id) is None
