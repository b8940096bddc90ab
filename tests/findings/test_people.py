"""People's words beside the answers: a dismissed item moves no verdict, and the answer says what it would have been."""

from dataclasses import replace
from datetime import UTC, datetime

from provenance.findings.people import in_report, weigh_reviewed
from provenance.findings.timed import timed
from provenance.findings.weigh import Weighed
from provenance.model.evidence import Appearance, Bound, BoundKind, Claim, Evidence
from provenance.model.finding import Finding, Question, Verdict
from provenance.model.matches import Answer, Match, Reference
from provenance.model.noted import Noted, Review, ReviewWord
from provenance.model.outcome import CheckRun, Ran
from provenance.model.publication import CopyKind, DateBasis
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.time import Interval, parse_interval
from provenance.model.timed import Counts

PERSON = Source(kind=SourceKind.PERSON, name="A. Witness", origin="witness")
MACHINE = Source(kind=SourceKind.PROGRAM, name="this program", origin="this check")
CLAIM = Claim(
    source=Source(kind=SourceKind.PERSON, name="poster", origin="poster"), statement="By the claim: 2024.",
    method="recorded by the desk", by="poster", tested=True, time=parse_interval("2024-11"),
)  # fmt: skip
RECEIVED = Bound(
    source=MACHINE, statement="It existed.", method="recorded", grade=Grade("A", 1), bound=BoundKind.RECEIVED,
    time=Interval(None, datetime(2025, 1, 1, tzinfo=UTC), True),
)  # fmt: skip
MATCH = Match(
    source=MACHINE, statement="A near copy.", method="search", reference=Reference(set_name="r", image_id="ab" * 32),
    answer=Answer.COPY, copy=CopyKind.NEAR, fingerprint="phash256/1", distance_bits=2, radius_bits=60,
    transform="as it is",
)  # fmt: skip
COPY = Appearance(
    source=Source(kind=SourceKind.REFERENCE, name="An agency", origin="agency"), statement="Published 2015.",
    method="search", grade=Grade("A", 2), by="An agency", published=parse_interval("2015-05-01"),
    date_basis=DateBasis.AGENCY_RECORD, copy=CopyKind.NEAR, match_id=MATCH.id,
)  # fmt: skip
ITEMS = (CLAIM, RECEIVED, MATCH, COPY)


def review(item: str, word: ReviewWord = ReviewWord.DISMISSED, *, entry: int = 9, stands: bool = True) -> Review:
    noted = Noted(entry=entry, by="anna", at="2026-03-01T12:00:00Z", line="cd" * 32)
    return Review(
        item=item, statement="recycled", word=word, by="B. Editor", reason="I looked at both", noted=noted,
        stands=stands, here=True,
    )  # fmt: skip


def weighed(*reviews: Review, items: tuple[Evidence, ...] = ITEMS) -> Weighed:
    runs = (CheckRun(check="recorded", outcome=Ran(evidence=items)), CheckRun(check="search", outcome=Ran()))
    asked = (Question.SEEN_BEFORE, Question.WHEN)
    return weigh_reviewed(items, runs, asked, in_report(reviews, items, asked))


def when(found: Weighed) -> Finding:
    return next(one for one in found.findings if one.question is Question.WHEN)


def test_a_dismissed_match_takes_its_publications_along_and_the_answer_says_so_first() -> None:
    assert (weighed().overall, when(weighed()).verdict) == (Verdict.RECYCLED, Verdict.RECYCLED)
    found = weighed(review(MATCH.id))
    assert (found.overall, when(found).verdict) == (Verdict.UNPROVEN, Verdict.UNPROVEN)
    first = when(found).sentences[0]
    assert first.text == (
        f'It would read "recycled" but for the match {MATCH.id[6:10]}, which B. Editor set aside in entry 9: '
        '"I looked at both".'
    )
    assert first.cites == (MATCH.id,)
    counted = {one.evidence.id: one.counts for one in timed(ITEMS, [review(MATCH.id)])}
    assert counted[COPY.id] is Counts.NOTHING


def test_several_dismissals_are_summed_up_and_each_is_told_with_its_reason() -> None:
    witness = Claim(
        source=PERSON, statement="2015.", method="recorded by the desk", grade=Grade("B", 2), by="A. Witness",
        time=parse_interval("2015"),
    )  # fmt: skip
    found = when(weighed(review(MATCH.id), review(witness.id, entry=10), items=(*ITEMS, witness)))
    assert found.sentences[0].text == 'It would read "recycled" but for 2 items that B. Editor set aside.'
    assert sum("I looked at both" in sentence.text for sentence in found.sentences) == 2


def test_accepting_moves_nothing_and_a_later_word_lifts_a_dismissal() -> None:
    assert weighed(review(MATCH.id, ReviewWord.ACCEPTED)) == weighed()
    lifted = weighed(review(MATCH.id, stands=False), review(MATCH.id, ReviewWord.ACCEPTED, entry=10))
    assert lifted == weighed()


def test_a_word_on_an_answer_stands_beside_it() -> None:
    found = when(weighed(review("when")))
    assert found.verdict is Verdict.RECYCLED
    assert found.sentences[-1].text == 'B. Editor does not accept this answer, in entry 9: "I looked at both".'


def test_a_word_on_what_is_not_there_does_nothing() -> None:
    (one,) = in_report([review("match-000000000000")], ITEMS, (Question.WHEN,))
    assert (one.here, one.sets_aside) == (False, False)
    assert weighed(review("match-000000000000")) == weighed()


def test_a_recorded_item_outranks_no_hard_limit() -> None:
    person = Bound(
        source=PERSON, statement="Seen in the picture.", method="recorded by the desk", grade=Grade("A", 1),
        bound=BoundKind.OBJECT, time=parse_interval("2024-11"),
        noted=Noted(entry=4, by="anna", at="", line="ef" * 32),
    )  # fmt: skip
    found = weighed(items=(*ITEMS, person))
    assert (found.overall, found.not_after) == (Verdict.RECYCLED, weighed().not_after)


def test_the_reason_is_quoted_and_made_harmless() -> None:
    hostile = replace(review(MATCH.id), reason='x". It is genuine \u202e', by="Eve\n")
    assert '"x\'. It is genuine \\u202e"' in when(weighed(hostile)).sentences[0].text


def test_what_was_read_and_the_claim_itself_are_never_set_aside() -> None:
    for item in (CLAIM, RECEIVED):
        assert weighed(review(item.id)) == weighed()
