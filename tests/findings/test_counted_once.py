"""Items of one origin are one source in every sentence; nothing is said to be more, or left out of a count."""

from __future__ import annotations

from typing import Any

from provenance.findings import shadows
from provenance.findings.weigh import weigh
from provenance.intake.claims import statements_from
from provenance.model.finding import Finding, Question, Verdict
from provenance.model.limits import Limits
from provenance.model.origin import origin_of
from provenance.model.outcome import CheckRun, Ran

LIMA = {"name": "Lima", "cc": "PE", "lat": -12.0464, "lon": -77.0428, "radius_km": 35, "level": "city"}
CUSCO = {"name": "Cusco", "cc": "PE", "lat": -13.5319, "lon": -71.9675, "radius_km": 15, "level": "city"}
CLAIM = {"id": "c1", "by": "posts", "text": "Lima", "place": LIMA, "time": "2021-07-25"}
SUN = {"id": "s", "kind": "sun", "by": "the desk", "grade": "B2", "object_px": 100, "shadow_px": 190,
       "object_error_px": 2, "shadow_error_px": 2, "slope_deg": 2}  # fmt: skip


def answers(*evidence: dict[str, Any], claim: dict[str, Any] = CLAIM) -> dict[Question, Finding]:
    items = statements_from({"claims": [claim], "evidence": list(evidence)}, "case", Limits())
    found = weigh(items, (CheckRun(check="recorded", outcome=Ran(evidence=items)),), tuple(Question))
    return {one.question: one for one in found.findings}


def said(found: Finding) -> str:
    return "\n".join(one.text for one in found.sentences)


def told(number: int, origin: str, grade: str = "B2", **fields: Any) -> dict[str, Any]:
    return {"id": f"e{number}", "kind": "statement", "by": f"paper {number}", "origin": origin, "grade": grade,
            "text": "x", **fields}  # fmt: skip


def test_two_papers_with_one_agencys_picture_are_not_one_and_one_more() -> None:
    one = answers(told(1, "agency", place=LIMA, time="2021-07-25"), told(2, "Agency ", place=LIMA, time="2021-07-25"))
    assert one[Question.WHERE].sentences[0].text == "paper 1 [e1] supports the claimed place, Lima (PE)."
    assert "more source" not in said(one[Question.WHEN]) + said(one[Question.WHERE])
    assert len(one[Question.WHERE].sentences[0].cites) == 3
    two = answers(told(1, "agency", place=LIMA), told(2, "another", place=LIMA))
    assert two[Question.WHERE].sentences[0].text.startswith("paper 1 [e1] and one more source support")


def test_an_origin_is_one_however_it_is_written() -> None:
    ways = ("TG-Channel", " tg-channel ", "tg-channel\u200f", "\uff54g-channel", "tg-channel\u00a0")
    items = statements_from({"evidence": [told(n, way) for n, way in enumerate(ways)]}, "case", Limits())
    assert {origin_of(item) for item in items} == {"tg-channel"}
    ways = ("@info_desk", "Info Desk", "info-desk")
    items = statements_from({"evidence": [told(n, way) for n, way in enumerate(ways)]}, "case", Limits())
    assert len({origin_of(item) for item in items}) == 1
    pages = ("example.org/a_b", "example.org/a-b", "ab", "a-b")
    items = statements_from({"evidence": [told(n, page) for n, page in enumerate(pages)]}, "case", Limits())
    assert len({origin_of(item) for item in items}) == 4
    unnamed = statements_from({"evidence": [told(1, "\u200f"), told(2, "\u200f")]}, "case", Limits())
    assert len({origin_of(item) for item in unnamed}) == 2


def test_ten_relays_are_counted_and_cited_as_ten_and_as_one_origin() -> None:
    found = answers(*(told(n, "channel", "C3", place=CUSCO) for n in range(10)))
    where, sources = found[Question.WHERE], found[Question.SOURCES]
    (relays,) = [one for one in where.sentences if "Cusco" in one.text]
    assert relays.text.startswith("10 sources place it in Cusco (PE)") and "5 more" in relays.text
    assert "they go back to one origin, and none is strong enough" in relays.text and len(relays.cites) == 11
    assert [one.text for one in sources.sentences[:2]] == [
        "Sources contradict each other in 1 point.",
        "They stand in 10 pairs of items; relays of one origin count once.",
    ]


def test_relays_by_word_of_mouth_are_named_beside_those_that_published() -> None:
    post = {"id": "p", "kind": "publication", "by": "channel", "origin": "channel", "grade": "C3", "text": "x",
            "published": "2021-07-26", "date_basis": "page_date", "match": "exact"}  # fmt: skip
    found = answers(post, *(told(n, "channel", "C3", place=LIMA) for n in range(7)))
    assert "channel [p], paper 0 [e0], paper 1 [e1], paper 2 [e2], paper 3 [e3] and 3 more descend from one origin" in (
        said(found[Question.SOURCES])
    )


def test_one_state_of_a_distance_is_judged_once_for_one_origin() -> None:
    distance = {"from": "Lima", "to": "Cusco", "km": 9000}
    apart = (told(1, "Agency", place=LIMA), told(2, "agency", place=CUSCO))
    found = answers(*({**one, "text": "Lima is 9000 km from Cusco"} for one in apart))
    assert said(found[Question.SOURCES]).count("9,000 km") == 1
    assert said(answers({**apart[0], "distance": distance}, apart[1])[Question.SOURCES]).count("9,000 km") == 1


def test_an_independent_source_below_the_bar_is_not_said_to_be_none() -> None:
    weak = answers(told(1, "reader", "C3", time="2021-07-25"))[Question.WHEN]
    assert weak.sentences[0].text == "No source of enough weight dates it to 25 Jul 2021."
    own = answers(told(1, "posts", "C3", time="2021-07-25"))[Question.WHEN]
    assert own.sentences[0].text == "No independent source dates it to 25 Jul 2021."


def test_it_is_said_why_the_claimant_and_another_are_no_two_independent_sources() -> None:
    pair = told(1, "posts", "C3", place=LIMA, time="2021-07-25"), told(2, "reader", "C3", place=LIMA, time="2021-07-25")
    found = answers(*pair)
    for question in (Question.WHEN, Question.WHERE):
        assert found[question].verdict is Verdict.UNPROVEN
        assert "paper 1 [e1] makes the claim itself, and is no independent source." in said(found[question])


def test_a_place_neither_for_nor_against_is_said() -> None:
    peru = {"name": "Peru", "cc": "PE", "lat": -9.2, "lon": -75.0, "radius_km": 1100, "level": "country"}
    found = answers(told(1, "atlas", place=peru))[Question.WHERE]
    assert "paper 1 [e1], graded B2, places it in Peru (PE); that speaks neither for nor against Lima (PE)." in said(
        found
    )
    several = answers(told(1, "atlas", place=peru), told(2, "school", "C3", place=peru))[Question.WHERE]
    assert "paper 1 [e1] (B2) and paper 2 [e2] (C3) place it in Peru (PE); that speaks neither" in said(several)
    assert "neither for nor against" not in said(answers(told(1, "atlas", place=LIMA))[Question.WHERE])


def test_of_a_picture_taken_elsewhere_a_shadow_says_nothing_of_the_time() -> None:
    winter = {**CLAIM, "time": "2021-07-25T17:00:00Z"}
    alone = answers(SUN, claim=winter)
    assert alone[Question.WHEN].verdict is Verdict.CONTRADICTED
    assert "It is very unlikely that the picture was taken at the claimed place and time." in said(alone[Question.WHEN])
    elsewhere = answers(SUN, told(1, "geolocator", place=CUSCO), claim=winter)
    assert elsewhere[Question.WHERE].verdict is Verdict.CONTRADICTED
    assert elsewhere[Question.WHEN].verdict is Verdict.UNPROVEN
    assert "excludes place and time of posts [c1] together" in said(elsewhere[Question.WHEN])


def test_each_shadow_is_computed_once_and_those_beyond_the_limit_are_counted(monkeypatch) -> None:
    asked: list[object] = []
    mute = shadows.SunAnswer(
        place=None, time=None, band=None, answer=shadows.Answer.CANNOT_SAY, reasons=("Too short.",)
    )
    monkeypatch.setattr(shadows, "ask", lambda **given: asked.append(given) or mute)
    shadows._asked.cache_clear()
    try:
        measured = [{**SUN, "id": f"s{n}", "shadow_px": 200 + n} for n in range(shadows.MOST_TESTS + 3)]
        when = answers(*measured)[Question.WHEN]
    finally:
        shadows._asked.cache_clear()
    assert len(asked) == shadows.MOST_TESTS
    (left,) = [one for one in when.sentences if one.text == "Not tested: 3 more pairs of a claim and a shadow."]
    assert len(left.cites) == 4


def test_another_town_within_the_claimed_circle_is_not_said_to_be_in_the_city() -> None:
    callao = {"name": "Callao", "cc": "PE", "lat": -12.0566, "lon": -77.1181, "radius_km": 8, "level": "city"}
    found = answers(told(1, "harbour", place=callao))[Question.WHERE]
    assert found.sentences[0].text == "paper 1 [e1] places it in Callao (PE), within 35 km of Lima (PE)."
    weak = answers(told(1, "harbour", "C3", place=callao))[Question.WHERE]
    assert "places it in Callao (PE), within 35 km of Lima (PE); that is too weak to decide." in said(weak)
    peru = {**CLAIM, "place": {"name": "Peru", "cc": "PE", "level": "country"}}
    of_the_country = answers(told(1, "harbour", place=callao), claim=peru)[Question.WHERE]
    assert of_the_country.sentences[0].text == "paper 1 [e1] places it in Callao (PE), within Peru (PE)."


def test_days_that_follow_each_other_are_not_said_to_lie_less_than_an_hour_apart() -> None:
    claim = {key: value for key, value in CLAIM.items() if key != "place"}
    post = {"id": "p", "kind": "publication", "by": "agency", "origin": "agency", "grade": "A1", "text": "x",
            "date_basis": "platform_utc", "match": "exact"}  # fmt: skip
    for day, claimed in (
        ("2021-07-24T00:00Z/2021-07-24T23:59Z", "2021-07-25T00:00Z/2021-07-25T23:59Z"),
        ("2021-07-24T11:30", "2021-07-25T13:50"),
        ("2021-07-25T11:30:00Z", "2021-07-25T12:00:00Z"),
    ):
        found = answers({**post, "published": day}, claim={**claim, "time": claimed})
        first = found[Question.WHEN].sentences[0].text
        assert found[Question.WHEN].verdict is Verdict.RECYCLED and first.endswith("before the claimed time."), first
        assert "less than" not in said(found[Question.WHEN]) + said(found[Question.SOURCES])


def test_a_place_within_a_kilometre_of_the_claimed_circle_is_not_said_to_be_that_near() -> None:
    near = {**LIMA, "name": "Near", "lat": -12.0464 + 50.4 / 110.6, "radius_km": 15}
    found = answers(told(1, "harbour", "A1", place=near))
    where = found[Question.WHERE]
    assert where.verdict is Verdict.CONTRADICTED, where
    assert where.sentences[0].text == "paper 1 [e1] places it in Near (PE), not Lima (PE)."
    assert "less than" not in said(where) + said(found[Question.SOURCES])


def posted(label: str, origin: str, url: str, **fields: Any) -> dict[str, Any]:
    return {"id": label, "kind": "publication", "by": origin, "origin": origin, "grade": "C3", "text": "x", "url": url,
            "published": "2021-07-26", "date_basis": "page_date", "match": "exact", "caption_place": LIMA,
            **fields}  # fmt: skip


def test_two_records_of_one_address_are_one_publication_and_one_origin() -> None:
    address = "https://www.paper.example/march/"
    twice = answers(posted("a", "paper", address), posted("b", "the paper", "http://paper.example/march#top"))
    assert twice[Question.WHERE].verdict is Verdict.UNPROVEN
    assert "they go back to one origin" in said(twice[Question.WHERE])
    assert "paper [a] and the paper [b] descend from one origin" in said(twice[Question.SOURCES]).replace("The", "the")
    through = answers(
        posted("a", "paper", address), told(1, "the paper", "C3", place=LIMA), posted("b", "the paper", address)
    )
    assert through[Question.WHERE].verdict is Verdict.UNPROVEN
    for other in ("https://paper.example/march/2", "https://paper.example/march?page=2"):
        found = answers(posted("a", "paper", address), posted("b", "the paper", other))
        assert found[Question.WHERE].verdict is Verdict.CONSISTENT


def test_what_repeats_a_claim_does_not_contradict_the_record_of_the_same_post() -> None:
    address, early = "https://posts.example/1", {"published": "2021-06-01", "date_basis": "platform_utc", "grade": "B2"}
    own = {**posted("a", "posts", address), **early}
    once = answers(own, {**posted("b", "a forum", address), **early})
    assert once[Question.WHEN].verdict is Verdict.RECYCLED
    assert "repeats the claim" not in said(once[Question.SOURCES])
    twice = answers(own, {**posted("b", "a forum", "https://forum.example/1"), **early})
    assert "posts [a] repeats the claim" in said(twice[Question.SOURCES]).replace("Posts", "posts")


def test_one_post_at_two_addresses_of_its_service_is_one_origin() -> None:
    here, there = (
        "https://x.com/a/status/1857000000000000000",
        "https://mobile.twitter.com/a/status/1857000000000000000?s=20",
    )
    twice = answers(posted("a", "a", here), posted("b", "the account", there))
    assert twice[Question.WHERE].verdict is answers(posted("a", "a", here))[Question.WHERE].verdict
    assert twice[Question.WHERE].verdict is not Verdict.CONSISTENT


def test_who_shows_a_picture_after_the_record_repeats_a_claim_that_names_no_time() -> None:
    claim = {"id": "c1", "by": "a page", "text": "Lima", "place": LIMA}
    shared = {"kind": "publication", "match": "exact", "date_basis": "platform_utc", "text": "x"}
    record = {**shared, "id": "r", "by": "agency", "grade": "A1", "published": "2019-10-20", "caption_place": CUSCO}
    later = {**shared, "id": "l", "by": "microblog", "grade": "E5", "published": "2020-06-01"}
    earlier = {**later, "id": "e", "by": "forum", "published": "2014-06-01"}
    found = said(answers(record, later, earlier, claim=claim)[Question.SOURCES])
    assert "icroblog [l] repeats the claim of Lima (PE), agency [r] places it in Cusco (PE)" in found
    assert "orum [e] repeats" not in found
    reputable = {**later, "grade": "B2"}
    assert "repeats the claim" not in said(answers(record, reputable, claim=claim)[Question.SOURCES])


def test_the_front_page_and_what_is_no_address_tell_no_two_origins_to_be_one() -> None:
    for address in ("https://paper.example/", "https://paper.example", "paper.example/march", "", "https://[x/march"):
        found = answers(posted("a", "paper", address), posted("b", "the paper", address))
        assert found[Question.WHERE].verdict is Verdict.CONSISTENT, address


def test_two_people_quoted_on_one_page_stay_two_origins() -> None:
    page = "https://paper.example/march"
    found = answers(told(1, "mayor", "C3", place=LIMA, url=page), told(2, "reader", "C3", place=LIMA, url=page))
    assert found[Question.WHERE].verdict is Verdict.CONSISTENT
