"""The credential chain in the page and on the terminal: every link, whose name is proven, every list."""

import dataclasses

from provenance.model.credentials import Ancestor, Credential, CredentialState, Signing
from provenance.model.report import Report
from provenance.report import html
from provenance.report.chain import panels
from provenance.report.terminal import report as terminal


def test_the_panel_has_a_link_for_the_file_and_each_ancestor(founding: Report) -> None:
    (panel,) = panels(founding.evidence)
    (item,) = [item for item in founding.evidence if isinstance(item, Credential)]
    assert len(panel.links) == 1 + len(item.ancestors)
    assert panel.links[0].place == "this file"
    assert "self-declared" in panel.links[0].standing
    assert panel.links[1].held == "did not verify: assertion.dataHash.mismatch"
    assert panel.links[2].held == "brought no credentials"
    assert [row.label for row in panel.lists] == [each.name for each in item.lists]


def test_the_page_shows_the_chain_and_escapes_what_it_quotes(founding: Report) -> None:
    page = html.render(founding, {})
    assert "Credential chain" in page
    assert "Trust lists asked, one by one" in page
    assert "<script>alert(1)" not in page


def test_the_terminal_shows_the_chain(founding: Report) -> None:
    text = " ".join(terminal.render_inspect(founding, width=100, colour=False).split())
    assert "Credential chain" in text
    assert "assertion.dataHash.mismatch" in text
    assert "issued 2026-08-05" in text


def test_no_panel_without_credentials(bare: Report) -> None:
    assert panels(bare.evidence) == ()
    assert "Credential chain" not in html.render(bare, {})


def test_what_an_importer_recorded_is_told_as_its_word(founding: Report) -> None:
    (item,) = [item for item in founding.evidence if isinstance(item, Credential)]
    signed = Signing(manifest="m", signer="S", signed="2026-01-02", time_by="T", time_listed=False)
    one = Ancestor(depth=1, relationship="inputTo", signing=signed)
    (panel,) = panels([dataclasses.replace(item, ancestors=(one, dataclasses.replace(one, checked=True)))])
    assert panel.links[1].place == "input"
    assert panel.links[1].when == "2026-01-02, time-stamped by T, by the importer's word"
    assert panel.links[1].held == "whether it held was not recorded at import"
    assert panel.links[2].held == "no failure recorded at import"


def test_a_listed_signer_of_a_layout_that_fits_is_told_plainly(founding: Report) -> None:
    (item,) = [item for item in founding.evidence if isinstance(item, Credential)]
    lists = (dataclasses.replace(item.lists[0], vouches=True), *item.lists[1:])
    standing = {}
    for state in (CredentialState.LAYOUT_NONCONFORMING, CredentialState.CONTENT_CHANGED):
        (panel,) = panels([dataclasses.replace(item, state=state, lists=lists)])
        standing[state] = "says nothing of these bytes" in panel.links[0].standing
    assert standing == {CredentialState.LAYOUT_NONCONFORMING: False, CredentialState.CONTENT_CHANGED: True}


def test_of_many_ancestors_the_one_that_failed_is_shown(founding: Report) -> None:
    (item,) = [item for item in founding.evidence if isinstance(item, Credential)]
    fine = Ancestor(depth=1, relationship="componentOf", signing=Signing(manifest="m", signer="S"), checked=True)
    failed = dataclasses.replace(fine, failures=("assertion.dataHash.mismatch",))
    (panel,) = panels([dataclasses.replace(item, ancestors=(*[fine] * 40, failed))])
    assert panel.links[-1].held == "did not verify: assertion.dataHash.mismatch"
    assert (len(panel.links), panel.left_out) == (24, 18)
