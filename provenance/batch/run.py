"""A run over many pictures: what is there already is kept, what is done is noted, and an index tells of all of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from .._version import __version__
from ..errors import DecodeError, InputError, ProvenanceError
from ..model.batch import Batch, Row
from ..model.canonical import canonical, iso
from ..model.report_files import HTML_NAME, JSON_NAME
from ..model.text import visible
from .rows import row_of
from .shelves import INDEX_JSON_NAME, FolderShelf, Shelf

if TYPE_CHECKING:
    from ..desk.desk import Checked, Desk
    from ..output.report_folder import Written
    from .journal import Journal

THUMBNAIL_PX = 96


class BatchRun:
    """Use as a context manager. `shelf`: the folder of the batch, or where else its index and reports lie.

    `settings`: what shapes the reports besides the desk, such as whether pictures are covered. `language`: of the
    words of its pages. A picture whose report is there for the same bytes, settings and state of the sets is `kept`.

    Raises OutputError where the folder cannot be used, or holds an index that is not of a batch.
    """

    def __init__(
        self,
        shelf: Path | Shelf,
        desk: Desk,
        *,
        settings: Sequence[str] = (),
        blur: bool = False,
        language: str = "en",
    ) -> None:
        self._shelf: Shelf = FolderShelf(shelf) if isinstance(shelf, Path) else shelf
        self._desk, self._blur, self._language = desk, blur, language
        basis = {"tool": __version__, "desk": desk.basis(), "settings": [*settings, *self._shelf.basis()]}
        self._key = hashlib.sha256(canonical(basis)).hexdigest()
        self._journal: Journal
        self._known: dict[str, tuple[Row, int]] = {}
        self._rows: list[Row] = []
        self._places: list[int | None] = []
        self._kept = 0

    def __enter__(self) -> Self:
        self._journal = self._shelf.open()
        for key, row, place in self._journal.lines():
            self._known.pop(row.path, None)
            if key == self._key and row.path:
                self._known[row.path] = row, place
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._journal.close()
        self._shelf.close()

    def kept(self, picture: Path | bytes) -> Row | None:
        """The picture's row, when its report is here already and unchanged; it is then in the index."""
        found = None if isinstance(picture, bytes) else self._known.get(str(picture.absolute()))
        if found is None or not self._stands(Path(found[0].path), found[0]):
            return None
        self._kept += 1
        self._add(*found)
        return found[0]

    def report_of(self, row: Row) -> Path:
        """The report.json of a row."""
        return self._shelf.reports / row.report / JSON_NAME

    def done(
        self, picture: Path | bytes, checked: Checked, written: Written, problems: Sequence[ProvenanceError]
    ) -> Row:
        """Note a picture that was checked, and what went wrong with it. One that has to be checked again because time
        ran out or a check broke is in the index, and not kept by the next run. Raises OutputError.
        """
        row = row_of(picture, checked, written, problems, self._desk)
        final = {DecodeError.exit_code}  # refused pixels will be refused again
        whole = not self._desk.out_of_time and {one.exit_code for one in problems} <= final
        self._add(row, self._journal.note(self._key if whole else "", row, _thumbnail(checked)))
        return row

    def failed(self, name: str, error: ProvenanceError) -> None:
        """Take a file into the index that could not be reported on."""
        why = str(error).removeprefix(f"{visible(name)}: ")
        self._add(Row(name=name, problem=why, remedy=error.remedy, exit_code=error.exit_code), None)

    def write(self, *, not_reached: int = 0) -> Path:
        """Write the pages and index.json anew; the first page. Raises OutputError."""
        from ..output.rendering import compiled_templates
        from ..report.index import pages
        from ..report.index_json import index_json
        from ..report.languages.tongue import tongue
        from .grouping import grouped

        groups, not_compared = grouped(self._rows)
        batch = Batch(
            rows=tuple(self._rows),
            groups=groups,
            made_at=iso(self._desk.now()[0]),
            kept=self._kept,
            not_reached=not_reached,
            not_compared=not_compared,
            reports=self._shelf.to_reports,
            option=self._shelf.option,
        )
        text = json.dumps(index_json(batch), ensure_ascii=True, indent=1)
        told = tongue(self._language)
        made = pages(batch, self._thumbnail_of, compiled=compiled_templates(), blur=self._blur, tongue=told)
        files = chain([(INDEX_JSON_NAME, f"{text}\n".encode("ascii"))], ((name, page.encode()) for name, page in made))
        return self._shelf.write(files, batch)

    @property
    def files(self) -> int:
        """How many files are in the index."""
        return len(self._rows)

    @property
    def without_report(self) -> int:
        """How many of them could not be reported on."""
        return sum(not row.report for row in self._rows)

    def words(self, of: str) -> list[str]:
        """How often each word answers one question of the index ("overall", "seen_before"), the most frequent first."""
        counted = Counter(word for row in self._rows if (word := getattr(row, of)))
        return [f"{number} {word}" for word, number in counted.most_common()]

    @property
    def kept_number(self) -> int:
        """How many pictures were not checked again."""
        return self._kept

    def _add(self, row: Row, place: int | None) -> None:
        self._rows.append(row)
        self._places.append(place)

    def _thumbnail_of(self, number: int) -> bytes:
        place = self._places[number]
        return b"" if place is None else self._journal.thumbnail(place)

    def _stands(self, picture: Path, row: Row) -> bool:
        """Whether the bytes are the same, and the report is there as it was written."""
        from ..api import digest_of

        try:
            with self.report_of(row).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == row.report_sha256
            there = same and (self._shelf.reports / row.report / HTML_NAME).is_file()
            return there and digest_of(picture, self._desk.limits) == row.sha256
        except (OSError, InputError):
            return False


def problem_of(row: Row) -> ProvenanceError | None:
    """What was wrong with a picture that was kept; None where nothing was."""
    if not row.exit_code:
        return None
    kind = DecodeError if row.exit_code == DecodeError.exit_code else ProvenanceError
    return kind(row.problem, remedy=row.remedy)


def _thumbnail(checked: Checked) -> bytes:
    from ..image.thumbnail import jpeg_thumbnail

    copy = checked.image.working_copy
    return b"" if copy is None else jpeg_thumbnail(copy, THUMBNAIL_PX)
