"""An edition leaves out what it says, and says so; what stays is told as the full record tells it."""

import dataclasses
import json
import re

import pytest

from provenance.metadata.topics import TOPICS
from provenance.model.evidence import Claim, Fact
from provenance.model.finding import Effort, NextStep, Question, Sentence
from provenance.model.matches import EarlierCheck, Match
from provenance.model.noted import Noted, Review, ReviewWord
from provenance.model.place import Place
from provenance.model.report import Report
from provenance.model.source import Source, SourceKind
from provenance.report import html, jsonform, markdown, reading
from provenance.report.edition.edition import LEFT_OUT, edition
from provenance.report.edition.items import strings
from provenance.report.edition.parts import ALL, Part, parts_of
from provenance.report.edition.striking import MOST_WORDS
from provenance.report.terminal import report as terminal

FILE = Source(kind=SourceKind.FILE, name="the file's own tags", origin="file")


def fact(key: str, raw: str, normal: str = "") -> Fact:
    return Fact(
        source=FILE,
        statement=f"The tags hold {key}.",
        method="exif",
        key=key,
        raw=raw,
        normal=normal or raw,
        block="exif",
    )


def with_items(report: Report, *items) -> Report:
    run = dataclasses.replace(
        report.checks[0],
        outcome=dataclasses.replace(report.checks[0].outcome, evidence=(*report.checks[0].outcome.evidence, *items)),
    )
    return dataclasses.replace(report, evidence=(*report.evidence, *items), checks=(run, *report.checks[1:]))


def test_it_reads_back_names_its_record_and_keeps_every_verdict_word(founding: Report) -> None:
    made = edition(founding, ALL).report
    again = reading.read(jsonform.render(made).encode())
    assert again.derivation is not None and again.derivation.of == jsonform.body_digest(founding)
    assert again.derivation.left_out == ("gps", "names", "serials") and again.derivation.items > 0
    assert [one.verdict for one in made.findings] == [one.verdict for one in founding.findings]
    assert made.overall is founding.overall and not made.wording
    page = html.render(made, {})
    assert "An edition, not the full record" in page and jsonform.body_digest(founding) in page
    assert "Edition" in terminal.render(made, width=80, colour=False)
    with pytest.raises(ValueError, match="an edition already"):
        edition(made, ALL)


def test_every_citation_of_an_edition_lands(founding: Report) -> None:
    made = edition(founding, ALL).report
    known = {item.id for item in made.evidence} | {run.id for run in made.checks}
    for finding in made.findings:
        for sentence in finding.sentences:
            assert set(sentence.cites) <= known
        assert {end for one in finding.conflicts for end in (one.first, one.second)} <= known


def test_steps_and_peoples_words_go_with_what_they_speak_of_and_name_nobody(founding: Report) -> None:
    noted = Noted(entry=7, by="Jane Deskhand", at="2026-03-01T12:00:00Z", line="ab" * 32)
    tag = fact("exif.BodySerialNumber", "SN-1234567")
    stays, goes = founding.evidence[0].id, tag.id

    def review(item: str, statement: str) -> Review:
        return Review(
            item=item, statement=statement, word=ReviewWord.ACCEPTED, by="Jane Deskhand", noted=noted, stands=True,
            here=True, reason="Eve Other told Jane Deskhand so.",
        )  # fmt: skip

    def step(text: str, *cites: str) -> NextStep:
        return NextStep(text=text, could_settle=(Question.WHEN,), effort=Effort.HOURS, cites=cites)

    report = dataclasses.replace(
        with_items(founding, tag),
        reviews=(
            review(stays, "An X account says so."),
            review(goes, "It reads SN-1234567."),
            review("when", "unproven"),
        ),
        next_steps=(
            step("Ask @war_watch_88 on X.", stays),
            step("Look at the tag.", goes),
            step("See SN-1234567.", stays),
        ),
    )
    made = edition(report, ALL).report
    ids = {item.id for item in made.evidence}
    assert [one.text for one in made.next_steps] == ["Ask Source 1."] and ids.issuperset(made.next_steps[0].cites)
    assert [one.item in ids or one.of_answer for one in made.reviews] == [True, True]
    known = edition(dataclasses.replace(report, next_steps=(), reviews=()), ALL).report.derivation
    assert made.derivation is not None and known is not None
    assert made.derivation.sentences == known.sentences + 3  # two steps, and a word on an item that went
    page, told = html.render(made, {}), jsonform.render(made) + markdown.render(made)
    for secret in ("Deskhand", "war_watch", "SN-1234567"):
        assert secret not in page + told + terminal.render(made, width=200, colour=False)
    assert reading.read(jsonform.render(made).encode()) == made and "Person 1" in page


def test_two_speakers_of_one_platform_stay_two_and_a_report_is_still_called_a_report(founding: Report) -> None:
    first, second = (
        dataclasses.replace(founding.evidence[2], by=f"{name} (Telegram)", quote="", label="", source=Source(
            kind=SourceKind.PERSON, name=f"{name} (Telegram)", origin="a shared post"))
        for name in ("Anna Petrova", "Boris Ivanov")
    )  # fmt: skip
    past = next(item for item in founding.evidence if isinstance(item, EarlierCheck))
    past = dataclasses.replace(past, past=dataclasses.replace(past.past, report="/desk/eve/report.json"))
    made = edition(with_items(founding, first, second, past), ALL).report
    speakers = [item.by for item in made.evidence[-3:] if isinstance(item, Claim)]
    assert len(set(speakers)) == 2 and all(re.fullmatch(r"Source \d+", one) for one in speakers), speakers
    told = jsonform.render(made)
    assert "its report is left out of this edition" in told and "/desk/eve" not in told and "Telegram" not in told
    assert "a shared post" not in told


def test_no_name_path_or_address_of_the_record_is_left(founding: Report) -> None:
    made = jsonform.render(edition(founding, ALL).report).casefold()
    for word in ("war_watch_88", "status-6", "rfa", "rail news", "t.example", "railcar_yard.jpg", "subscriber"):
        assert word in jsonform.render(founding).casefold() and word not in made, word
    assert "source 1" in made


def test_only_what_is_asked_for_is_left_out(founding: Report) -> None:
    report = with_items(founding, fact("exif.BodySerialNumber", "SN-1234567"), fact("exif.Artist", "Olga Ivanova"))
    for parts, gone, stays in (
        ({Part.SERIALS}, "SN-1234567", "Olga Ivanova"),
        ({Part.NAMES}, "Olga Ivanova", "SN-1234567"),
    ):
        made = jsonform.render(edition(report, frozenset(parts)).report)
        assert gone not in made and stays in made


@pytest.mark.parametrize("key", [*TOPICS, "xmp.Any:Thing", "png.text.Author", "iptc.Unknown", "exif.tag.0x9999"])
def test_a_value_is_let_through_only_by_a_key_that_tells_of_no_part(key: str) -> None:
    telling = ("Serial", "Owner", "GPS", "Artist", "uthor", "reator", "ontact", "Copyright", "redit", "City", "Comment",
               "UniqueID", "Host", "ocation", "omment", "Thing", "Unknown", "0x9999", "erson")  # fmt: skip
    if any(word in key for word in telling) and key != "xmp.xmp:CreatorTool":
        assert parts_of(key), key


def test_a_claim_near_the_position_in_the_file_stays_without_its_coordinates(founding: Report) -> None:
    def of_file(**place: object) -> Claim:
        return Claim(source=FILE, statement="By the tags.", method="exif", by="the tags", place=Place(**place))

    def tested(name: str, lat: float) -> Claim:
        place = Place(name=name, cc="FR", lat_deg=lat, lon_deg=2.2945, radius_km=1)
        who = Source(kind=SourceKind.PERSON, name="a poster", origin="a poster")
        return Claim(source=who, statement=f"At {name}.", method="recorded", by="a poster", tested=True, place=place)

    tower = of_file(name="48.85822, 2.29450", lat_deg=48.85822, lon_deg=2.2945)
    report = with_items(
        founding, tower, tested("Paris", 48.8582), tested("48.8583, 2.2945", 48.8583), tested("Lyon", 45.7)
    )
    made = edition(report, frozenset({Part.GPS})).report
    places = {one.place.name: one.place.lat_deg for one in made.evidence if isinstance(one, Claim) and one.place}
    assert places["Paris"] is None and places["left out of this edition"] is None and places["Lyon"] == 45.7
    assert "48.8" not in json.dumps([strings(one) for one in made.evidence if isinstance(one, Claim)])
    assert edition(report, frozenset({Part.SERIALS})).report.evidence[-1].place.lat_deg == 45.7


def test_a_sentence_or_item_that_shows_a_left_out_value_goes_with_it(founding: Report) -> None:
    position = Claim(
        source=FILE, statement="The camera was there.", method="exif", by="the file's own tags", basis="EXIF GPS",
        place=Place(name="50.553428, 30.212686", lat_deg=50.553428, lon_deg=30.212686, radius_km=0.01),
    )  # fmt: skip
    tag = fact("gps.GPSLatitude", "50 deg 33' 12.34\"", "50.553428")
    near = dataclasses.replace(
        position, source=Source(kind=SourceKind.PERSON, name="desk", origin="desk"), basis="statement"
    )
    told = dataclasses.replace(near, place=None, quote="It was taken at 50.5534, 30.2127.")
    report = with_items(founding, position, tag, near, told)
    first = report.findings[1]
    cited = dataclasses.replace(
        first.sentences[0], text="The tags say 50.553.", cites=(position.id, *first.sentences[0].cites)
    )
    report = dataclasses.replace(
        report, findings=(report.findings[0], dataclasses.replace(first, sentences=(cited,)), *report.findings[2:])
    )
    made = edition(report, frozenset({Part.GPS})).report
    assert "50.55" not in jsonform.render(made) and "50 deg" not in jsonform.render(made)
    assert made.findings[1].sentences[0].text == LEFT_OUT and made.findings[1].sentences[0].cites
    assert "Krasnoyarsk" in jsonform.render(made)


SPELLED = ("Yıld", "Weiß", "WEISS", "brahim", "BRAHIM", "Nguy", "\u1102\u1161", "Jean")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('Ivan "Vanya" <b>P</b>', "by Ivan 'Vanya' <b>P</b>, who"),
        ("Iv\u202ean Petrov", "by Iv\\u202ean Petrov."),
        ("Иван Петров", "снято Иван Петровым"),
        ("홍길동", "저자 홍길동이 찍은"),
        ("© 2019 Anna Alvarez / Some Agency", "says Anna Alvarez"),
        ("A very long name of somebody who is cut in a sentence", "A very long name of some\u2026"),
        ("O'Brien & Søn", "O'BRIEN & SØN"),
        ("Zoë Alvarez", "by Zoe\u0308 Alvarez"),
        ("Zoe\u0308 Alvarez", "by Zoë Alvarez"),
        ("Anna Alvarez", "by Anna\u00a0Alvarez"),
        ("Anna Alvarez", "by Anna  Alvarez"),
        ("Anna Alvarez", "signed Anna\nAlvarez"),
        ("Anna Alvarez", "signed Anna \u23ce Alvarez"),
        ("Groß Weiß", "by Groß Weiß."),
        ("Groß Weiß", "by GROSS WEISS"),
        ("Aslı Yıldız", "given to Aslı Yıldıza"),
        ("Groß Weiß", "by Groß Weißens brother"),
        ("İbrahim Çelik", "by İbrahim Çelik"),
        ("İbrahim Çelik", "by IBRAHIM ÇELIK or ibrahim çelik"),
        ("Nguyễn Thiệu", "by Nguy\u00ea\u0303n Thi\u1eb9\u0302u"),  # as Windows and telephones compose it
        ("안나킴", "by \u110b\u1161\u11ab\u1102\u1161\u110f\u1175\u11b7"),
        ("Jean-Luc O'Brien", "by Jean\u2011Luc O\u2019Brien"),
    ],
)
def test_a_name_is_struck_out_in_every_form_in_which_a_sentence_shows_it(
    founding: Report, name: str, shown: str
) -> None:
    first = founding.findings[0]
    said = dataclasses.replace(first.sentences[0], text=f"It is {shown}")
    findings = (dataclasses.replace(first, sentences=(said,)), *founding.findings[1:])
    report = with_items(dataclasses.replace(founding, findings=findings), fact("exif.Artist", name))
    made = edition(report, frozenset({Part.NAMES})).report
    text = made.findings[0].sentences[0].text
    assert "[name left out]" in text
    for part in ("Vanya", "Petrov", "Петров", "길동", "Alvarez", "very long", "rien", "RIEN", *SPELLED):
        assert part not in text


def test_a_match_keeps_what_it_measured_and_loses_its_place(founding: Report) -> None:
    made = edition(founding, ALL)
    before = [item for item in founding.evidence if isinstance(item, Match)]
    after = [item for item in made.report.evidence if isinstance(item, Match)]
    assert [one.distance_bits for one in after] == [one.distance_bits for one in before]
    assert not any(one.reference.path or one.reference.name for one in after)
    assert [made.ids[one.id] for one in before] == [one.id for one in after]


def test_hostile_text_makes_an_edition_or_is_refused_but_breaks_nothing(founding: Report, with_text) -> None:
    texts = iter(f"({index}[*+?\\ \u202e<script>" for index in range(10**6))
    report = with_text(founding, lambda: next(texts))
    made = edition(report, ALL).report
    assert json.loads(jsonform.render(made))
    many = with_items(founding, *(fact("exif.Artist", f"Name number {index}") for index in range(MOST_WORDS)))
    with pytest.raises(ValueError, match="more than 2,000 names"):
        edition(with_items(many, fact("exif.Artist", "One more")), ALL)


def test_what_people_recorded_and_the_next_steps_are_left_out_and_renamed_alike(founding: Report) -> None:
    noted = Noted(entry=7, by="o.kuznetsova", at="2026-03-01T12:00:00Z", line="ab" * 32)
    told = next(item for item in founding.evidence if isinstance(item, Claim) and item.source.kind is SourceKind.PERSON)
    said = dataclasses.replace(told, noted=noted, statement="A person recorded it.")
    position = Claim(
        source=FILE, statement="The camera was there.", method="exif", by="the file's own tags", basis="EXIF GPS",
        place=Place(name="50.553428, 30.212686", lat_deg=50.553428, lon_deg=30.212686, radius_km=0.01),
    )  # fmt: skip
    report = with_items(founding, said, position)
    reviews = tuple(
        Review(
            item=item, statement="The camera was there.", word=ReviewWord.DISMISSED, by="Olga Kuznetsova", stands=True,
            here=True, reason="Olga Kuznetsova knows", noted=noted,
        )
        for item in (said.id, position.id, "when")
    )  # fmt: skip
    steps = tuple(
        NextStep(text=f"Ask {name}.", could_overturn=(Question.WHEN,), effort=Effort.MINUTES, cites=(item.id,))
        for name, item in (("Olga Kuznetsova", said), ("for the camera", position))
    )
    kind, _, digits = said.id.rpartition("-")
    aside = Sentence(text=f"Olga Kuznetsova set the {kind} {digits[:4]} aside.", cites=(said.id,))
    findings = (dataclasses.replace(report.findings[0], sentences=(aside,)), *report.findings[1:])
    made = edition(dataclasses.replace(report, findings=findings, reviews=reviews, next_steps=steps), ALL)
    assert (
        made.report.findings[0]
        .sentences[0]
        .text.endswith(f"set the {kind} {made.ids[said.id].rpartition('-')[2][:4]} aside.")
    )
    assert reading.read(jsonform.render(made.report).encode())
    assert [one.item for one in made.report.reviews] == [made.ids[said.id], "when"]
    assert [one.cites for one in made.report.next_steps] == [(made.ids[said.id],)]
    assert "uznetsova" not in jsonform.render(made.report)
