"""The report of the founding case, and one with next to nothing in it."""

from __future__ import annotations

import dataclasses

from provenance.model.evidence import Evidence
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
from provenance.model.outcome import CheckRun, Failed, Ran, Skipped
from provenance.model.report import Event, Pixels, Report, Tool
from tests.report.founding_evidence import QUERY, bounds, founding_evidence, search_results


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
        CheckRun(check="recorded", outcome=_ran(e, *bounds(), "spotted", "kursk", "status6", "distance")),
        CheckRun(check="search", outcome=_ran(e, *search_results())),
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


def founding_report() -> Report:
    e = founding_evidence()
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


def bare_report() -> Report:
    """The least a report can hold: a file whose pixels were refused, nothing asked."""
    full = founding_report()
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
