"""ClaimReview and MediaReview: only what a person rated, in schema.org's words, and never a number."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from provenance.model.evidence import Claim
from provenance.model.rating import Rating, RatingWord
from provenance.model.report import Report
from provenance.report.exports import claim_review

SCHEMA = json.loads((Path(__file__).with_name("data") / "review.schema.json").read_text(encoding="utf-8"))
WHEN = datetime(2024, 11, 16, 8, 30, tzinfo=UTC)


def rated(report: Report, **more: Any) -> Rating:
    tested = [item for item in report.evidence if isinstance(item, Claim) and item.tested]
    given = {"by": "A. Editor", "when": WHEN, "word": RatingWord.DECONTEXTUALIZED, "reason": "Published in 2015."}
    return Rating(**{"claim": tested[0].id if tested else "", **given, **more})


def reviews(report: Report, rating: Rating) -> list[dict[str, Any]]:
    form = json.loads(claim_review.render(report, rating))
    jsonschema.Draft202012Validator(SCHEMA).validate(form)
    graph: list[dict[str, Any]] = form["@graph"]
    return graph


def test_without_a_person_there_is_no_rating(founding: Report) -> None:
    with pytest.raises(ValueError, match="no person has rated this picture, and this program never does"):
        claim_review.render(founding, None)


@pytest.mark.parametrize("word", RatingWord)
def test_both_reviews_are_valid_and_say_what_the_person_said(word: RatingWord, founding: Report) -> None:
    claim, media = reviews(founding, rated(founding, word=word, desk="A Desk", url="https://desk.example/1"))
    assert (claim["@type"], media["@type"]) == ("ClaimReview", "MediaReview")
    assert claim["reviewRating"] == {
        "@type": "Rating",
        "alternateName": word.value,
        "ratingExplanation": "Published in 2015.",
    }
    assert media["mediaAuthenticityCategory"] == word.value
    assert media["itemReviewed"]["mediaItemAppearance"][0]["sha256"] == founding.original.sha256
    assert claim["author"] == {
        "@type": "Person",
        "name": "A. Editor",
        "affiliation": {"@type": "Organization", "name": "A Desk"},
    }
    assert claim["datePublished"] == "2024-11-16T08:30:00Z"
    under_test = next(item for item in founding.evidence if isinstance(item, Claim) and item.tested)
    assert claim["claimReviewed"] == under_test.quote
    assert claim["itemReviewed"]["creditText"] == under_test.by


def test_no_answer_of_the_report_moves_a_rating(founding: Report) -> None:
    other = replace(founding, findings=founding.findings[:1])
    assert claim_review.render(other, rated(founding)) == claim_review.render(founding, rated(founding))
    assert "ratingValue" not in claim_review.render(founding, rated(founding))


def test_a_report_that_tests_no_claim_gives_a_media_review_alone(bare: Report) -> None:
    (media,) = reviews(bare, rated(bare))
    assert media["@type"] == "MediaReview"


def test_one_of_several_claims_must_be_named(founding: Report) -> None:
    tested = [item for item in founding.evidence if isinstance(item, Claim) and item.tested]
    other = replace(tested[0], quote="Another claim", label="other")
    two = replace(founding, evidence=(*founding.evidence, other))
    with pytest.raises(ValueError, match=f"name the one that was rated: .*{other.id}"):
        claim_review.render(two, rated(two, claim=""))
    for name in (other.id, "other"):
        assert reviews(two, rated(two, claim=name))[0]["claimReviewed"] == "Another claim"
    with pytest.raises(ValueError, match="tests no claim"):
        claim_review.render(two, rated(two, claim="claim-000000000000"))


@pytest.mark.parametrize(
    "missing", [{"by": ""}, {"by": " "}, {"reason": ""}, {"when": WHEN.replace(tzinfo=None)}], ids=str
)
def test_a_rating_needs_a_name_a_reason_and_a_time(missing: dict[str, Any], founding: Report) -> None:
    with pytest.raises(ValueError, match="a rating needs"):
        rated(founding, **missing)


def test_a_reason_cannot_end_the_script_that_holds_it(founding: Report) -> None:
    text = claim_review.render(founding, rated(founding, reason="</script><script>alert(1)</script> & more"))
    assert "<" not in text and "&" not in text
    assert json.loads(text)["@graph"][1]["reviewBody"] == "</script><script>alert(1)</script> & more"
