"""A person's rating as schema.org ClaimReview and MediaReview, for the aggregators that read them.

Never without a person: no answer of a report is turned into a rating, and a `ratingValue` is not given at all, because
a number on a scale would be a score. Terms: schema.org 30.0 (ClaimReview, Claim, Rating; MediaReview, MediaReviewItem,
ImageObjectSnapshot and the codes of MediaManipulationRatingEnumeration, which schema.org still calls pending).
"""

from __future__ import annotations

from ...model.canonical import iso
from ...model.evidence import Claim
from ...model.rating import Rating
from ...model.report import Report
from ...model.text import quoted
from .jsonld import Node, kept, text

CONTEXT = "https://schema.org"
WHY_NOT = "no person has rated this picture, and this program never does"


def render(report: Report, rated: Rating | None) -> str:
    """A MediaReview of the picture and, where the report tests a claim in words, a ClaimReview of that claim.

    Raises ValueError, with the reason, where nobody rated, and where it is not told which of several claims is meant.
    """
    if rated is None:
        raise ValueError(WHY_NOT)
    claim = _claim(report, rated.claim)
    reviews = [_media_review(report, rated, claim)]
    if claim is not None and _words(claim):
        reviews.insert(0, _claim_review(rated, claim))
    return text({"@context": CONTEXT, "@graph": reviews})


def _claim(report: Report, named: str) -> Claim | None:
    tested = [item for item in report.evidence if isinstance(item, Claim) and item.tested]
    if named:
        tested = [item for item in tested if named in (item.id, item.label)]
        if not tested:
            raise ValueError(f"the report tests no claim {quoted(named, limit=80)}")
    if len(tested) > 1:
        listed = ", ".join(item.id for item in tested)
        raise ValueError(f"the report tests {len(tested)} claims; name the one that was rated: {listed}")
    return tested[0] if tested else None


def _words(claim: Claim) -> str:
    """What is claimed: verbatim where their words are known, else our sentence of the claim."""
    return claim.quote or claim.statement


def _claim_review(rated: Rating, claim: Claim) -> Node:
    return kept(
        {
            "@type": "ClaimReview",
            **_signed(rated),
            "claimReviewed": _words(claim),
            "itemReviewed": _claim_node(claim),
            "reviewRating": {
                "@type": "Rating",
                "alternateName": (rated.claim_word or rated.word).value,
                "ratingExplanation": rated.reason,
            },
        }
    )


def _media_review(report: Report, rated: Rating, claim: Claim | None) -> Node:
    original = report.original
    snapshot = {
        "@type": "ImageObjectSnapshot",
        "name": original.name,
        "sha256": original.sha256,
        "contentSize": str(original.size_bytes),
        "encodingFormat": original.media_type,
    }
    item = {
        "@type": "MediaReviewItem",
        "interpretedAsClaim": None if claim is None else _claim_node(claim),
        "mediaItemAppearance": [kept(snapshot)],
    }
    return kept(
        {
            "@type": "MediaReview",
            **_signed(rated),
            "mediaAuthenticityCategory": rated.word.value,
            "reviewBody": rated.reason,
            "itemReviewed": kept(item),
        }
    )


def _claim_node(claim: Claim) -> Node:
    """Who claims it stands in creditText: `author` would have to say whether that is a person or an organisation."""
    source = claim.source.url
    return kept(
        {
            "@type": "Claim",
            "text": _words(claim),
            "creditText": claim.by,
            "appearance": {"@type": "CreativeWork", "url": source} if source else None,
        }
    )


def _signed(rated: Rating) -> Node:
    desk = {"@type": "Organization", "name": rated.desk} if rated.desk else None
    return {
        "author": kept({"@type": "Person", "name": rated.by, "affiliation": desk}),
        "datePublished": iso(rated.when),
        "url": rated.url,
    }
