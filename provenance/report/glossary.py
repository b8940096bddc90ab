"""What each verdict word means, in one sentence."""

from __future__ import annotations

from ..model.finding import Verdict
from ..model.report import Report
from .details import Row

MEANINGS: dict[Verdict, str] = {
    Verdict.NOT_CHECKED: "The question was not answered, for the reason given.",
    Verdict.COPY: "A reference picture shows the same content, exactly or after the change named.",
    Verdict.SAME_SCENE: "A reference picture shows the same scene, or a frame taken just before or after.",
    Verdict.SHARED_ELEMENT: "A part of the picture is also in a reference picture.",
    Verdict.NO_MATCH: "The search named met nothing; what it would have missed is stated with it.",
    Verdict.NOT_ENOUGH_DETAIL: "The picture is too plain for this search to tell it from others.",
    Verdict.RECYCLED: "The picture existed before the time that is claimed for it.",
    Verdict.CONTRADICTED: "Evidence rules out the claimed place or time.",
    Verdict.DISPUTED: "Sources of comparable weight disagree.",
    Verdict.UNPROVEN: "Nothing of enough weight supports the claim, and nothing of enough weight opposes it.",
    Verdict.CONSISTENT: "Independent evidence agrees with the claim, and nothing of that weight opposes it.",
    Verdict.NO_CLAIM: "Nobody's claim was given to test.",
    Verdict.DIFFERS: "Picture and reference picture differ as named.",
    Verdict.TRACE_FOUND: "The file carries a mark of a change after capture; a change can be harmless.",
    Verdict.NO_TRACE_FOUND: "The methods named found no mark of a change; they do not find every change.",
    Verdict.NOT_JUDGED: "No method that ran can speak to this.",
    Verdict.CREDENTIALS_NONE: "The file carries no signed manifest (C2PA); most platforms remove it.",
    Verdict.CREDENTIALS_REMOTE: "The file names a place on the network for its signed manifest; it was not asked.",
    Verdict.CREDENTIALS_TRUSTED: "Signature and content hash match, and a pinned list vouches for the signer's name.",
    Verdict.CREDENTIALS_UNTRUSTED: "Signature and content hash match; no pinned list vouches for the signer's name.",
    Verdict.CREDENTIALS_EXPIRED: "Signature and content hash match; that it was made in time is unproven.",
    Verdict.CREDENTIALS_LAYOUT: "The signed hash matches what it covers; the signer left more out than it may.",
    Verdict.CREDENTIALS_CONTENT_CHANGED: "The signed content hash does not match the file; why is open.",
    Verdict.CREDENTIALS_DAMAGED: "Signature or hashes within the signed manifest do not match.",
    Verdict.CREDENTIALS_UNREADABLE: "A signed manifest (C2PA) may be there and could not be read.",
    Verdict.CREDENTIALS_UNSUPPORTED: "A signed manifest (C2PA) may be there, in a format in which it is not read.",
    Verdict.CONTRADICT: "At least two sources cannot both be right.",
    Verdict.NO_CONTRADICTION: "No two of the sources given contradict each other.",
    Verdict.NO_SOURCES: "No source speaks about the picture.",
}


def words_used(report: Report) -> tuple[Row, ...]:
    """The verdict words of this report with their meanings, in the order of the vocabulary."""
    used = {report.overall, *(finding.verdict for finding in report.findings)}
    for claim in report.claims:
        used |= {claim.when, claim.where, claim.overall}
    return tuple(Row(verdict.value, MEANINGS[verdict]) for verdict in Verdict if verdict in used)
