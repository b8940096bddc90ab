"""Reports to render: the founding case, whole, with hostile text in it, and the same with other text in every field."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image as PillowImage

from provenance.model.credentials import Ancestor, Credential, CredentialFlag, CredentialState, Signing, TrustListUsed
from provenance.model.differences import Anomaly, AnomalyKind, Compared, Comparison, DifferingRegion, SuspectRegion
from provenance.model.earlier import PastAnswer, PastCheck
from provenance.model.evidence import (
    About,
    Appearance,
    Bound,
    BoundKind,
    Claim,
    Evidence,
    Fact,
    Lead,
    LeadKind,
    StatedDistance,
    Trace,
)
from provenance.model.finding import (
    ClaimResult,
    Confidence,
    Conflict,
    Effort,
    Finding,
    Likelihood,
    NextStep,
    Question,
    Sentence,
    Verdict,
)
from provenance.model.image import Block, Original, Refusal, Structure
from provenance.model.matches import Answer, EarlierCheck, Match, Reference, Search
from provenance.model.noted import Noted, Review, ReviewWord
from provenance.model.outcome import CheckRun, Failed, Ran, Skipped
from provenance.model.place import Level, Place
from provenance.model.publication import CopyKind, DateBasis
from provenance.model.report import Event, Pixels, Report, Tool
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.time import Interval, parse_interval

RUSSIA = Place(name="Russia", cc="RU", lat_deg=61.5, lon_deg=96.0, radius_km=4200, level=Level.COUNTRY)
KRASNOYARSK = Place(name="Krasnoyarsk", cc="RU", lat_deg=56.0106, lon_deg=92.8525, radius_km=20, level=Level.CITY)
KURSK = Place(name="Kursk", cc="RU", lat_deg=51.7304, lon_deg=36.1926, radius_km=15, level=Level.CITY)
DESK = Source(kind=SourceKind.PERSON, name="desk", origin="desk")
FILE = Source(kind=SourceKind.FILE, name="railcar_post.png", origin="file")
PROGRAM = Source(kind=SourceKind.PROGRAM, name="provenance", origin="provenance")
QUERY = "5f" * 32
RAILCAR = "a1" * 32
TELEGRAM = "b2" * 32
HOSTILE = "Спецпоезд <script>alert(1)</script> \u202egpj.exe\x1b[31m {{7*7}} خط السكة 榴弾砲\u0301"


def _person(name: str, origin: str, url: str = "") -> Source:
    return Source(kind=SourceKind.PERSON, name=name, origin=origin, url=url)


def _claims() -> dict[str, Evidence]:
    recorded = "recorded by the desk"
    return {
        "spotted": Claim(
            source=_person("@war_watch_88 on X", "telegram-post", "https://x.example/war_watch_88/status/1857"),
            statement="An X account says that the picture shows artillery spotted in Russia.",
            method=recorded,
            grade=Grade("F", 3),
            label="c1",
            limits=("A post says what its writer wants it to say.",),
            by="@war_watch_88 on X",
            quote="Artillery spotted in Russia",
            tested=True,
            place=RUSSIA,
            time=Interval(datetime(2024, 10, 1, tzinfo=UTC), datetime(2024, 11, 15, 23, 59, tzinfo=UTC), True),
            basis="statement",
            contradicts=("c2",),
        ),
        "kursk": Claim(
            source=_person("forwarded chat", "chat", "javascript:alert(document.domain)"),
            statement="A forwarded chat says that the picture was taken in Kursk.",
            method=recorded,
            grade=Grade("E", 5),
            label="c2",
            by="forwarded chat",
            quote=HOSTILE,
            tested=True,
            place=KURSK,
            time=parse_interval("2024-11-14"),
            basis="statement",
            defeaters=("The chat gives no first sender.",),
        ),
        "status6": Claim(
            source=_person("Status-6 (monitoring account)", "status-6"),
            statement="Status-6 says that the photo was taken in Krasnoyarsk.",
            method=recorded,
            grade=Grade("C", 3),
            label="e4",
            by="Status-6 (monitoring account)",
            quote="The photo was taken in Krasnoyarsk.",
            place=KRASNOYARSK,
            basis="statement",
        ),
        "distance": Claim(
            source=_person("RFA", "rfa-desk"),
            statement="RFA says that Krasnoyarsk is about 4,400 km from Kursk.",
            method=recorded,
            grade=Grade("B", 4),
            label="e6",
            by="RFA",
            quote="Krasnoyarsk is about 4,400 km (2,700 miles) from Kursk",
            about=About.EVENT,
            distance=StatedDistance(start="Kursk", end="Krasnoyarsk", km=4400.0),
            denies=False,
        ),
        "exif_time": Claim(
            source=FILE,
            statement="The file's EXIF says that the picture was taken on 2024-11-14 at 15:42, without a zone.",
            method="exif",
            by="railcar_post.png",
            quote="2024:11:14 15:42:00",
            time=parse_interval("2024-11-14T15:42:00"),
            basis="EXIF DateTimeOriginal",
            limits=("A camera clock can be wrong, and any program can write this field.",),
            defeaters=("The zone is not stated.",),
        ),
    }


def _search_results() -> dict[str, Evidence]:
    def match(image_id: str, name: str, bits: int, transform: str, copy: CopyKind) -> Match:
        reference = Reference(set_name="yard", image_id=image_id, path=name, width_px=1600, height_px=1067)
        return Match(
            source=PROGRAM,
            statement=f"The picture meets {name} of the set yard, {transform}.",
            method="search",
            reference=reference,
            answer=Answer.COPY,
            copy=copy,
            fingerprint="phash256/1",
            distance_bits=bits,
            radius_bits=40,
            transform=transform,
            limits=("A match says nothing about which of the two came first.",),
        )

    railcar = match(RAILCAR, "railcar_yard.jpg", 6, "mirrored left-right", CopyKind.MIRRORED)
    telegram = match(TELEGRAM, "telegram <b>copy</b>.jpg", 12, "as it is", CopyKind.NEAR)
    return {
        "railcar": railcar,
        "telegram": telegram,
        "appearance": Appearance(
            source=Source(kind=SourceKind.REFERENCE, name="yard", origin="telegram-post", url="https://t.example/42"),
            statement="The set yard records a publication of railcar_yard.jpg on 2024-11-14.",
            method="search",
            grade=Grade("F", 3),
            by="Rail News (Telegram)",
            published=parse_interval("2024-11-14"),
            date_basis=DateBasis.PAGE_DATE,
            copy=CopyKind.MIRRORED,
            url="https://t.example/42",
            post_text=HOSTILE,
            views=182_000,
            caption="Эшелон на станции Красноярск",
            caption_place=KRASNOYARSK,
            caption_time=parse_interval("2024-11-13/2024-11-14"),
            credit="subscriber",
            licence="not stated",
            notes="Seen on the day of the post.",
            contradicts=("c2",),
            match_id=railcar.id,
        ),
        "search": Search(
            source=PROGRAM,
            statement="5 pictures of the set yard were searched.",
            method="search",
            set_name="yard",
            set_id="set-0a1b2c",
            snapshot="c3" * 32,
            pictures=5,
            searchable=4,
            fingerprint="phash256/1",
            radius_bits=40,
            would_catch="copies re-saved, scaled, mirrored or turned, and crops down to 95 % of each side",
            would_miss="crops below that, screenshots with a wide frame, other frames of the scene",
        ),
    }


def _readings() -> dict[str, Evidence]:
    def fact(key: str, raw: str, normal: str, block: str = "exif") -> Fact:
        return Fact(
            source=FILE,
            statement=f"{key} reads {normal}.",
            method="exif",
            key=key,
            raw=raw,
            normal=normal,
            block=block,
            offset_bytes=30,
            length_bytes=412,
            block_sha256="d4" * 32,
            limits=("Any program can write this value.",),
        )

    return {
        "make": fact("exif.Make", "Canon\x00", "Canon"),
        "taken": fact("exif.DateTimeOriginal", "2024:11:14 15:42:00", "2024-11-14T15:42:00"),
        "hostile": fact("exif.ImageDescription", HOSTILE, HOSTILE),
        "type": fact("container.type", "PNG", "PNG", ""),
        "rendered": fact(
            "xmp.Iptc4xmpExt:DigitalSourceType",
            "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia",
            "algorithmicMedia",
            "xmp",
        ),
        "credentials": Trace(
            source=FILE,
            statement="No C2PA manifest was found in the file.",
            method="credentials",
            topic="credentials",
            value="none",
            limits=("Most platforms remove credentials, so their absence says nothing.",),
        ),
        "credential": Credential(
            source=FILE,
            statement="Signature and content hash of the manifest match; no list names the signer.",
            method="credentials",
            limits=("Names in a certificate are chosen by whoever issued it.",),
            state=CredentialState.VALID_UNTRUSTED,
            flags=(CredentialFlag.ANCESTOR_FAILED, CredentialFlag.AI_DECLARED),
            active=Signing(
                manifest="urn:c2pa:1",
                signer=HOSTILE,
                issuer="Leica Camera AG",
                signed="2024-11-14T15:42:00+00:00",
                generator=HOSTILE,
                actions=("c2pa.edited (trainedAlgorithmicMedia)",),
            ),
            ancestors=(
                Ancestor(
                    depth=1,
                    relationship="parentOf",
                    signing=Signing(manifest="urn:c2pa:0", signer="Somebody", title=HOSTILE, time_by="A Time Stamper"),
                    failures=("assertion.dataHash.mismatch",),
                    imported_by=HOSTILE,
                ),
                Ancestor(depth=2, relationship="componentOf", signing=Signing(manifest="")),
            ),
            lists=(TrustListUsed(name="C2PA Trust List", sha256="ab" * 32, issued="2026-08-05"),),
            codes=("signingCredential.untrusted",),
            binding="data hash, sha256, recomputed here: matches",
            reader="c2pa-python 0.38.1",
        ),
        "compared": Comparison(
            source=PROGRAM,
            statement="Differs from the reference in one region: 3.1 % of the picture.",
            method="comparison",
            limits=("One of the two was changed; the comparison cannot say which, when or by whom.",),
            reference=Reference(set_name="ours", image_id="ab" * 32, name=HOSTILE),
            outcome=Compared.DIFFERS,
            regions=(
                DifferingRegion(
                    box_px=(10, 20, 80, 60),
                    share=0.031,
                    outlines=(((10, 20), (90, 20), (90, 80)),),
                    what="caption or text",
                    log10_nfa=-12.5,
                    window_blocks=(1, 2, 8, 8),
                    blocks=64,
                    unusual=60,
                    level=4.0,
                    chance=0.004,
                    tests=20_000,
                ),
            ),
            also=("tone or colour",),
            block_px=8.0,
            blocks=12_000,
            log10_nfa=-12.5,
        ),
        "anomaly": Anomaly(
            source=FILE,
            statement="A region of 3.1 % of the picture carries a JPEG grid other than the rest.",
            method="jpeg-grid",
            limits=("This shows local processing; it does not show who, when or why.",),
            what=AnomalyKind.FOREIGN_GRID,
            regions=(
                SuspectRegion(
                    box_px=(10, 20, 80, 60),
                    share=0.031,
                    outlines=(((10, 20), (90, 20), (90, 80)),),
                    log10_nfa=-12.5,
                    window_px=(8, 16, 88, 72),
                    trials=99,
                    hits=60,
                    chance=1 / 64,
                    tests=20_000,
                    detail="grid at 3, 5",
                    partner_px=(110, 20, 80, 60),
                ),
            ),
            alarms_per_thousand=0.25,
            formula="log10_nfa = log10(tests) + the tail",
        ),
        "resized": Trace(
            source=FILE,
            statement="EXIF declares 4000 x 3000 pixels and the picture has 1080 x 1920.",
            method="declared-size",
            topic="size",
            value="4000 x 3000",
            alters=True,
        ),
    }


def _bounds() -> dict[str, Evidence]:
    return {
        "before": EarlierCheck(
            source=PROGRAM,
            statement="A picture that was checked on 2024-11-14 20:02 UTC is in this one as a copy, cropped to 40 %.",
            method="earlier",
            grade=Grade("B", 2),
            limits=("An earlier check is no publication.",),
            reference=Reference(set_name="earlier checks", image_id="ef" * 32, path="/desk/old.jpg", name="old.jpg"),
            answer=Answer.COPY,
            copy=CopyKind.CROP,
            transform="cropped to 40 %",
            past=PastCheck(
                at="2024-11-14T20:02:00Z",
                clock="this machine's clock, not compared with any other",
                name=HOSTILE,
                by=HOSTILE,
                overall="contradicted",
                answers=(PastAnswer(question="when", verdict="contradicted"),),
                claims=(HOSTILE,),
                report="/desk/reports/old/report.json",
                report_sha256="0a" * 32,
                case=HOSTILE,
            ),
            report_state="its report is no longer there: it was moved or deleted",
            checks=2,
        ),
        "received": Bound(
            source=PROGRAM,
            statement="The picture existed when it was checked, on 2024-11-15 at 09:00 UTC.",
            method="recorded",
            grade=Grade("A", 1),
            bound=BoundKind.RECEIVED,
            time=Interval(None, datetime(2024, 11, 15, 9, 0, tzinfo=UTC), True),
        ),
        "rail": Bound(
            source=_person("RFA", "rfa-desk"),
            statement="The loading gauge and the signs fit Russian railways.",
            method="recorded by the desk",
            grade=Grade("B", 3),
            bound=BoundKind.OBJECT,
            place=RUSSIA,
            label="e9",
            contradicts=("e4",),
            denies=False,
        ),
        "similar": Lead(
            source=_person("RFA", "rfa-reverse-search"),
            statement="A reverse image search returned look-alikes from Krasnoyarsk.",
            method="recorded by the desk",
            grade=Grade("B", 3),
            lead=LeadKind.SIMILARITY,
            by="RFA",
            quote="likely taken in Krasnoyarsk",
            place=KRASNOYARSK,
            time=parse_interval("2024"),
            distance=StatedDistance(start="A", end="B", km=12.5),
            contradicts=("e4",),
            label="e3",
        ),
    }


def _founding_evidence() -> dict[str, Evidence]:
    return {**_claims(), **_search_results(), **_readings(), **_bounds()}


def _founding_findings(e: dict[str, Evidence]) -> tuple[Finding, ...]:
    def said(text: str, *names: str) -> Sentence:
        return Sentence(text=text, cites=tuple(e[name].id if name in e else name for name in names))

    kursk_gap = Conflict(
        first=e["kursk"].id,
        second=e["appearance"].id,
        text="The forwarded chat says Kursk, the caption of Rail News says Krasnoyarsk",
        gap="3,651 km",
    )
    return (
        Finding(
            question=Question.SEEN_BEFORE,
            verdict=Verdict.COPY,
            sentences=(
                said(
                    "Copy of railcar_yard.jpg (set yard), mirrored left-right, 6 of 256 bits apart, published by Rail "
                    "News (Telegram) on 2024-11-14; 2 references match.",
                    "railcar",
                    "appearance",
                    "search",
                ),
                said("A second reference, telegram <b>copy</b>.jpg, is 12 bits apart.", "telegram"),
            ),
            would_change=("Search a set that holds agency archives.",),
            not_established=("Which of the two copies is the earlier one is not known.",),
        ),
        Finding(
            question=Question.WHEN,
            verdict=Verdict.UNPROVEN,
            sentences=(
                said("Taken by 2024-11-15 09:00 UTC; nothing independent says how much earlier.", "received", "taken"),
            ),
            would_change=(
                "Ask the first poster for the original file.",
                "Date the snow cover from satellite pictures.",
            ),
            not_established=("When the picture was taken is not known.",),
            likelihood=Likelihood.ROUGHLY_EVEN,
            confidence=Confidence.LOW,
        ),
        Finding(
            question=Question.WHERE,
            verdict=Verdict.DISPUTED,
            sentences=(
                said("Two sources say Krasnoyarsk and one says Kursk; none is a geolocation.", "status6", "kursk"),
            ),
            would_change=("Find the station building on a map.",),
            not_established=("Where the picture was taken is not known.",),
            conflicts=(kursk_gap,),
        ),
        Finding(
            question=Question.ALTERED,
            verdict=Verdict.TRACE_FOUND,
            sentences=(said("The size in EXIF is not the size of the picture.", "resized"),),
        ),
        Finding(
            question=Question.ORIGIN,
            verdict=Verdict.CREDENTIALS_NONE,
            sentences=(
                said("No C2PA manifest is in the file; 3 metadata values were read.", "credentials", "check-exif"),
            ),
        ),
        Finding(
            question=Question.SOURCES,
            verdict=Verdict.CONTRADICT,
            sentences=(
                said("The sources differ on the place, and RFA's distance is 20 % too long.", "distance", "kursk"),
            ),
            conflicts=(
                kursk_gap,
                Conflict(
                    first=e["distance"].id,
                    second=e["distance"].id,
                    text="RFA says 4,400 km from Kursk to Krasnoyarsk, the geodesic is 3,651 km",
                    gap="749 km",
                    about="event",
                ),
            ),
        ),
    )


def _ran(e: dict[str, Evidence], *names: str, note: str = "") -> Ran:
    return Ran(evidence=tuple(e[name] for name in names), note=note)


def _founding_checks(e: dict[str, Evidence]) -> tuple[CheckRun, ...]:
    return (
        CheckRun(check="container", outcome=_ran(e, "type")),
        CheckRun(check="exif", outcome=_ran(e, "make", "taken", "hostile", "rendered", "exif_time")),
        CheckRun(check="credentials", outcome=_ran(e, "credentials", "credential")),
        CheckRun(check="declared-size", outcome=_ran(e, "resized", note="Looked for pixel sizes in EXIF and XMP.")),
        CheckRun(check="recorded", outcome=_ran(e, *_bounds(), "spotted", "kursk", "status6", "distance")),
        CheckRun(check="search", outcome=_ran(e, *_search_results())),
        CheckRun(check="sun", outcome=Skipped(reason="no shadow was measured", remedy="measure one: docs/claims.md")),
        CheckRun(check="noise", outcome=Failed(error="ValueError: <img src=x onerror=alert(1)>")),
    )


def _founding_blocks() -> tuple[Block, ...]:
    def block(kind: str, name: str, offset: int, length: int) -> Block:
        return Block(
            kind=kind,
            name=name,
            offset_bytes=offset,
            length_bytes=length,
            sha256="e5" * 32,
            payload_offset_bytes=offset + 8,
            payload_length_bytes=length - 12,
        )

    head = (block("IHDR", "IHDR", 8, 25), block("exif", "eXIf", 33, 424), block("xmp", "iTXt", 457, 900))
    data = tuple(block("IDAT", "IDAT", 1357 + 8204 * index, 8204) for index in range(40))
    return (*head, *data, block("IEND", "IEND", 329_517, 12))


def _founding_report() -> Report:
    e = _founding_evidence()
    return Report(
        tool=Tool(name="provenance", version="0.1.0", python="3.11.7", libraries={"pillow": "12.0", "numpy": "2.1"}),
        made_at="2024-11-15T09:00:02Z",
        clock="this machine's clock, not compared with any other",
        original=Original(
            name="railcar_post.png",
            path="samples/railcar_post.png",
            sha256=QUERY,
            size_bytes=329_529,
            media_type="image/png",
        ),
        structure=Structure(
            media_type="image/png",
            width_px=1080,
            height_px=1920,
            blocks=_founding_blocks(),
            problems=("4 bytes follow the end of the picture.",),
        ),
        pixels=Pixels(width_px=1080, height_px=1920, steps=("colour profile turned into sRGB",)),
        refusal=None,
        overall=Verdict.DISPUTED,
        findings=_founding_findings(e),
        claims=(
            ClaimResult(
                claim=e["spotted"].id,
                when=Verdict.UNPROVEN,
                where=Verdict.UNPROVEN,
                overall=Verdict.UNPROVEN,
                likelihood=Likelihood.LIKELY,
                confidence=Confidence.LOW,
            ),
            ClaimResult(claim=e["kursk"].id, when=Verdict.UNPROVEN, where=Verdict.DISPUTED, overall=Verdict.DISPUTED),
        ),
        checks=_founding_checks(e),
        evidence=tuple(e.values()),
        events=(
            Event(at="2024-11-15T09:00:00Z", what="received", detail="samples/railcar_post.png", sha256=QUERY),
            Event(at="2024-11-15T09:00:01Z", what="decoded", detail="1080 x 1920 pixels"),
            Event(at="2024-11-15T09:00:01Z", what="searched", detail="yard: 5 pictures, snapshot c3c3c3"),
            Event(at="2024-11-15T09:00:02Z", what="reported", detail="19 items of evidence, 6 findings"),
        ),
        settings={
            "questions": ["when", "where"],
            "within_s": None,
            "limits": {"frames": 10_000, "decode_wall_s": 30.0},
        },
        next_steps=(
            NextStep(
                text="Ask @war_watch_88 on X [c1] who took the picture, and for the original file.",
                could_settle=(Question.WHEN, Question.ORIGIN),
                effort=Effort.A_MESSAGE,
                cites=(e["spotted"].id,),
            ),
            NextStep(
                text="Look at both pictures side by side.",
                could_settle=(Question.WHERE,),
                could_overturn=(Question.SEEN_BEFORE, Question.SOURCES),
                effort=Effort.MINUTES,
                cites=(e["kursk"].id, e["status6"].id),
            ),
        ),
    )


def _bare_report() -> Report:
    """The least a report can hold: a file whose pixels were refused, nothing asked."""
    full = _founding_report()
    return dataclasses.replace(
        full,
        structure=Structure(media_type=""),
        original=dataclasses.replace(full.original, media_type="", path="", size_bytes=12),
        pixels=None,
        refusal=Refusal(reason="the file is cut off after 12 bytes", remedy="ask for the file again"),
        overall=Verdict.NOT_CHECKED,
        findings=(
            Finding(
                question=Question.SEEN_BEFORE,
                verdict=Verdict.NOT_CHECKED,
                reason="no reference set was given",
                remedy="make one: provenance index FOLDER",
            ),
        ),
        claims=(),
        checks=(),
        evidence=(),
        events=(),
        settings={},
        next_steps=(),
    )


def replaced(report: Report, text: Callable[[], str]) -> Report:
    """The same report with a new text in every field that takes any text; citations follow their items."""
    renamed: dict[str, str] = {}

    def rebuilt(value: Any) -> Any:
        if isinstance(value, Evidence):
            new = fields_of(value)
            if isinstance(new, Appearance):
                new = dataclasses.replace(new, match_id=renamed.get(new.match_id, new.match_id))
            renamed[value.id] = new.id
            return new
        if isinstance(value, tuple):
            return tuple(rebuilt(item) for item in value)
        if isinstance(value, dict):
            return {text(): rebuilt(item) for item in value.values()} if value else value
        if dataclasses.is_dataclass(value) and not isinstance(value, Grade | type):
            return fields_of(value)
        return text() if type(value) is str and value else value

    def fields_of(value: Any) -> Any:
        kept = {"cc", "about", "match_id", "claim", "first", "second", "cites", "schema"}
        names = [field.name for field in dataclasses.fields(value) if field.name not in kept]
        return dataclasses.replace(value, **{name: rebuilt(getattr(value, name)) for name in names})

    evidence = tuple(rebuilt(item) for item in report.evidence)
    same = dict(zip((item.id for item in report.evidence), evidence, strict=True))
    runs = tuple(_with_items(run, same) for run in report.checks)
    checks = tuple(dataclasses.replace(run, check=text(), outcome=_with_text(run, rebuilt)) for run in runs)
    renamed |= {old.id: new.id for old, new in zip(report.checks, checks, strict=True)}
    rest = fields_of(dataclasses.replace(report, evidence=(), checks=(), findings=(), claims=(), next_steps=()))
    return dataclasses.replace(
        rest,
        evidence=evidence,
        checks=checks,
        findings=tuple(_cited(rebuilt(finding), renamed) for finding in report.findings),
        claims=tuple(dataclasses.replace(claim, claim=renamed[claim.claim]) for claim in report.claims),
        next_steps=tuple(
            dataclasses.replace(step, text=text(), cites=tuple(renamed.get(cite, cite) for cite in step.cites))
            for step in report.next_steps
        ),
    )


def _with_text(run: CheckRun, rebuilt: Callable[[Any], Any]) -> Any:
    if isinstance(run.outcome, Ran):
        return dataclasses.replace(run.outcome, note=rebuilt(run.outcome.note))
    return rebuilt(run.outcome)


def _with_items(run: CheckRun, same: dict[str, Evidence]) -> CheckRun:
    if not isinstance(run.outcome, Ran):
        return run
    items = tuple(same[item.id] for item in run.outcome.evidence)
    return dataclasses.replace(run, outcome=dataclasses.replace(run.outcome, evidence=items))


def _cited(finding: Finding, renamed: dict[str, str]) -> Finding:
    return dataclasses.replace(
        finding,
        sentences=tuple(
            dataclasses.replace(sentence, cites=tuple(renamed.get(cite, cite) for cite in sentence.cites))
            for sentence in finding.sentences
        ),
        conflicts=tuple(
            dataclasses.replace(
                conflict,
                first=renamed.get(conflict.first, conflict.first),
                second=renamed.get(conflict.second, conflict.second),
            )
            for conflict in finding.conflicts
        ),
    )


def _jpeg(colour: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    gradient = PillowImage.linear_gradient("L").resize(size)
    tint = PillowImage.new("RGB", size, colour)
    PillowImage.composite(tint, PillowImage.new("RGB", size, (30, 40, 50)), gradient).save(file, "JPEG", quality=82)
    return file.getvalue()


@pytest.fixture(scope="session")
def founding() -> Report:
    return _founding_report()


@pytest.fixture(scope="session")
def bare() -> Report:
    return _bare_report()


@pytest.fixture(scope="session")
def evidence() -> dict[str, Evidence]:
    return _founding_evidence()


@pytest.fixture(scope="session")
def pictures() -> dict[str, bytes]:
    return {
        "query": _jpeg((196, 178, 150), (360, 640)),
        RAILCAR: _jpeg((150, 170, 196), (640, 427)),
    }


@pytest.fixture(scope="session")
def with_text() -> Callable[[Report, Callable[[], str]], Report]:
    return replaced


@pytest.fixture(scope="session")
def reviewed(founding: Report) -> Report:
    """The founding case with an item that a person dismissed."""
    noted = Noted(entry=7, by="Anna Desk", at="2026-03-01T12:00:00Z", line="ab" * 32)
    item = next(one for one in founding.evidence if isinstance(one, Match))
    review = Review(
        item=item.id, statement=item.statement, word=ReviewWord.DISMISSED, by="Eve Reader", reason="not this yard",
        noted=noted, stands=True, here=True,
    )  # fmt: skip
    return dataclasses.replace(founding, reviews=(review,))
