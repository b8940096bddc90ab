"""One picture of `check`: its report written, or filed in a case, and told."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import (
    CaseError,
    DecodeError,
    InputError,
    KeyStoreError,
    OutputError,
    ProvenanceError,
    ReferenceSetError,
    UsageError,
)
from ..model.languages import LANGUAGES
from .asked import not_checked
from .batch import BROKE
from .stopped import keeping_asked
from .terminal import as_typed, complain, note, print_json, takes_colour, where_to_look, width

if TYPE_CHECKING:
    from ..case.again import KeptPicture
    from ..desk.desk import Checked, Desk
    from ..model.brought import Brought
    from ..model.claims_file import ClaimsFile
    from ..output.report_folder import Written
    from ..sealing.signing import FolderSealing

DEFAULT_FOLDER = Path("provenance-reports")


def fail(error: ProvenanceError, failures: list[ProvenanceError]) -> None:
    """Say what went wrong, and keep it for the exit code."""
    complain(error)
    failures.append(error)


class OnePicture:
    """Checks pictures one by one, as the command line asks for it, and tells what came of each."""

    def __init__(
        self,
        desk: Desk,
        asked: argparse.Namespace,
        said: ClaimsFile | None,
        *,
        several: bool,
        failures: list[ProvenanceError],
    ) -> None:
        self._desk, self._asked, self._said, self._several, self._failures = desk, asked, said, several, failures
        self._sealing: FolderSealing | None = None
        self._asked_for_key = False

    def check(
        self, picture: Path | bytes | Brought, *, folder: Path | None = None, hide: Callable[[], None] = lambda: None
    ) -> tuple[Checked, Written] | None:
        """Check a picture and show it; None where there is no report. `folder`: of a batch. `hide`: its bar."""
        from ..model.outcome import Failed

        desk, asked, failures = self._desk, self._asked, self._failures
        try:
            checked, written, told = self._filed(picture, folder)
        except (InputError, OutputError, CaseError) as error:
            hide()
            fail(error, failures)
            return None
        not_checked(checked, tuple(asked.online))
        _note(desk, checked, written, asked)
        edition = ""
        hide()
        if written.no_pdf is not None:
            fail(written.no_pdf, failures)
        try:
            edition = self._edition(checked, written) if asked.for_publication else ""
        except (UsageError, OutputError, CaseError) as error:
            fail(error, failures)
        language = ""
        if asked.language != "en" and asked.case is None:
            page = f"{LANGUAGES[asked.language]} ({asked.language})"
            language = self._told("Language of the page: {x}; report.json is English", x=page)
        more = tuple(filter(None, (language, *told, edition)))
        _show(checked, written, asked, several=self._several, more=more)
        for check in checked.report.checks:
            if isinstance(check.outcome, Failed):
                code = check.outcome.exit_code
                # What the machine or a set lacks; of all else a check ends by a fault of the program.
                kind = next((one for one in (ReferenceSetError, OutputError) if one.exit_code == code), ProvenanceError)
                fail(kind(check.outcome.error, remedy=check.outcome.remedy or BROKE), failures)
        refusal = checked.report.refusal
        if refusal is not None and not desk.out_of_time:
            fail(DecodeError(f"{checked.report.original.name}: {refusal.reason}", remedy=refusal.remedy), failures)
        return checked, written

    def check_kept(self, kept: KeptPicture) -> None:
        """Check a picture of the case again."""
        try:
            picture = kept.brought()
        except CaseError as error:
            fail(error, self._failures)
        else:
            self.check(picture)

    def _filed(self, picture: Path | bytes | Brought, folder: Path | None) -> tuple[Checked, Written, tuple[str, ...]]:
        """Check one picture and write its report: into the case, the folder of a batch, or a folder of its own.

        The words tell the case's head, and what changed in it.
        """
        desk, asked = self._desk, self._asked
        if asked.case is not None:
            from ..case.cases import check_into
            from ..case.changing import since_last

            filed = check_into(asked.case, desk, picture, claims=self._said, blur=asked.blur, pdf=asked.pdf)
            since = since_last(asked.case, filed.checked.report, language=asked.language)
            told = (f"{since} (provenance diff {as_typed(asked.case)})",) if since else ()
            case = self._told("Case: {x}, head of its log {x2}", x=asked.case, x2=filed.head)
            return filed.checked, filed.written, (*told, case)
        from ..output.report_folder import write

        with keeping_asked(desk, asked):
            checked = desk.check(picture)
            sealing = self._seals()
            try:
                written = write(
                    desk,
                    checked,
                    folder or asked.out or DEFAULT_FOLDER,
                    inside=folder is not None or asked.out is None,
                    figures=asked.out is not None or not asked.json,
                    blur=asked.blur,
                    pdf=asked.pdf,
                    seal=None if sealing is None else sealing.seal,
                    language=asked.language,
                )
            except OutputError:  # a full disk: what was found is shown all the same
                _tell(checked, asked, several=self._several)
                raise
        if sealing is not None and not written.sealed:
            note("the folder holds other files and was not sealed; SHA256SUMS lists what this check wrote")
        return checked, written, ()

    def _seals(self) -> FolderSealing | None:
        """The desk's key, made and told at its first use; None where it cannot be had, which is said once."""
        if self._asked.no_seal or self._asked_for_key:
            return self._sealing
        from ..sealing.signing import folder_sealing

        self._asked_for_key = True
        try:
            self._sealing = folder_sealing(self._desk.now)
        except KeyStoreError as error:
            note(f"the report is not sealed: {error}; {error.remedy}")
            return None
        if self._sealing.new_key is not None:
            note(f"a signing key was made, and stays on this machine: {self._sealing.new_key} (provenance key --help)")
        return self._sealing

    def _edition(self, checked: Checked, written: Written) -> str:
        """Write the edition for publication beside the report, or among the derivatives of the case; where it lies."""
        if self._asked.case is not None:
            from ..case.deriving import publish_into

            derived = publish_into(
                self._asked.case, self._desk, checked, written.folder, blur=self._asked.blur, pdf=self._asked.pdf
            )
            head = self._told("Head of the log behind it: {x}", x=derived.head)
            return f"{self._told('For publication: {x}', x=derived.folder / 'report.html')}\n{head}"
        from ..output.editions import write_for_publication

        seal = None if self._sealing is None else self._sealing.seal
        folder = write_for_publication(
            self._desk,
            checked,
            written.folder,
            blur=self._asked.blur,
            seal=seal,
            language=self._asked.language,
            pdf=self._asked.pdf,
        )
        return self._told("For publication: {x}", x=folder / "report.html")

    def _told(self, text: str, **values: object) -> str:
        """Words of ours below the answers, in the language of these."""
        from ..output.rendering import word

        return word(text, language=self._asked.language, **values)


def _note(desk: Desk, checked: Checked, written: Written, asked: argparse.Namespace) -> None:
    """Note the check among the desk's earlier ones; that this cannot be done takes nothing away from the report."""
    from ..sealing.author import author

    try:
        desk.note_check(checked, report=written.folder, case=asked.case, by=author(*desk.now()).by)
    except ReferenceSetError as error:
        note(f"this check was not noted among the earlier checks: {error}; {error.remedy}")


def _show(
    checked: Checked, written: Written, asked: argparse.Namespace, *, several: bool, more: tuple[str, ...]
) -> None:
    from ..output.rendering import report_digest

    # On the terminal it stands among the answers already.
    digest = report_digest(checked.report) if asked.case is not None and asked.json else ""
    if written.pdf is not None:
        more = (f"PDF: {written.pdf}", *more)
        if not written.pdf_standard:
            note("this PDF keeps to no standard for archives; its content does not allow it")
    _tell(checked, asked, several=several)
    where_to_look(written.page, written.figures, apart=asked.json, digest=digest, more=more, language=asked.language)
    if several and not asked.json:
        print()


def _tell(checked: Checked, asked: argparse.Namespace, *, several: bool) -> None:
    """Print the answers, or the whole report as JSON."""
    from ..output.rendering import render_json, render_text

    if not asked.json:
        print(render_text(checked.report, width=width(), colour=takes_colour(), language=asked.language), flush=True)
        return
    text = render_json(checked.report)
    if several:
        import json

        text = json.dumps(json.loads(text), ensure_ascii=False)
    print_json(text)
