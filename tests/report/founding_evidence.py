"""The evidence of the founding case: artillery on rail cars, "spotted in Russia", each item as a check makes it."""

from __future__ import annotations

from datetime import UTC, datetime

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
from provenance.model.matches import Answer, EarlierCheck, Match, Reference, Search
from provenance.model.place import Level, Place
from provenance.model.publication import CopyKind, DateBasis
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


def search_results() -> dict[str, Evidence]:
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


def bounds() -> dict[str, Evidence]:
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


def founding_evidence() -> dict[str, Evidence]:
    return {**_claims(), **search_results(), **_readings(), **bounds()}
