"""Times in names and addresses: the forms of phones, apps and services, and what must not be read as one."""

from __future__ import annotations

import time
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.findings.weigh import weigh
from provenance.intake.claims import claim_from_flags
from provenance.model.context import Context
from provenance.model.evidence import Appearance, Claim
from provenance.model.finding import Question, Verdict
from provenance.model.image import Image, Original, Refusal, Structure
from provenance.model.outcome import CheckRun, Ran
from provenance.model.publication import CopyKind, DateBasis
from provenance.model.source import Source, SourceKind
from provenance.model.time import Interval
from provenance.placetime.named import check
from provenance.placetime.names import MOST_FOUND, read

NOW = datetime(2024, 11, 15, 9, tzinfo=UTC)
LOCAL = datetime(2024, 1, 31, 12, 34, 56, tzinfo=UTC)


def image(name: str) -> Image:
    return Image(
        original=Original(
            name=name, path=f"/x/IMG_19990101_010101/{name}", sha256="ab" * 32, size_bytes=1, media_type=""
        ),
        data=b"",
        structure=Structure(media_type="image/jpeg"),
        refusal=Refusal(reason="not asked for"),
    )


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("IMG_20240131_123456.jpg", "phone or camera"),
        ("IMG20240131123456.jpg", "phone or camera"),
        ("VID_20240131_123456.mp4", "phone or camera"),
        ("DJI_20240131123456_0001_D.JPG", "phone or camera"),
        ("20240131_123456.jpg", "date and time"),
        ("2024-01-31 12.34.56.jpg", "date and time"),
        ("WhatsApp Image 2024-01-31 at 12.34.56.jpeg", "WhatsApp, computer"),
        ("WhatsApp Image 2024-01-31 at 12.34.56 PM (1).jpeg", "WhatsApp, computer"),
        ("Screenshot_20240131-123456_Chrome.png", "screenshot"),
        ("Screenshot_20240131_123456_Chrome.jpg", "screenshot"),
        ("Screenshot 2024-01-31 123456.png", "screenshot"),
        ("Screenshot from 2024-01-31 12-34-56.png", "screenshot"),
        ("Screen Shot 2024-01-31 at 12.34.56\u202fPM.png", "macOS screenshot"),
        ("Bildschirmfoto 2024-01-31 um 12.34.56.png", "macOS screenshot"),
        ("Capture d’écran 2024-01-31 à 12.34.56.png", "macOS screenshot"),
        ("Снимок экрана 2024-01-31 в 12.34.56.png", "macOS screenshot"),
        ("Знімок екрана 2024-01-31 о 12.34.56.png", "macOS screenshot"),
        ("스크린샷 2024-01-31 오후 12.34.56.png", "macOS screenshot"),
        ("스크린샷 2024-01-31 12.34.56.png", "macOS screenshot"),
        (unicodedata.normalize("NFD", "스크린샷 2024-01-31 오후 12.34.56.png"), "macOS screenshot"),
        (unicodedata.normalize("NFD", "Знімок екрана 2024-01-31 о 12.34.56.png"), "macOS screenshot"),
        ("Снимок экрана 2024-01-31 123456.png", "screenshot"),
        ("Снимок экрана от 2024-01-31 12-34-56.png", "screenshot"),
        ("photo_2024-01-31_12-34-56.jpg", "Telegram Desktop"),
        ("photo_5@31-01-2024_12-34-56.jpg", "Telegram export"),
        ("signal-2024-01-31-12-34-56.jpg", "Signal"),
        ("signal-2024-01-31-123456.jpeg", "Signal"),
    ],
)
def test_a_clock_without_a_zone_is_26_hours_wide(name: str, scheme: str) -> None:
    (found,) = read(name)
    assert found.scheme == scheme
    assert found.interval.earliest == LOCAL - timedelta(hours=14)
    assert found.interval.latest == LOCAL + timedelta(hours=12, seconds=1) - timedelta(microseconds=1)
    assert not found.interval.zone_known


@pytest.mark.parametrize(
    ("name", "scheme", "moment"),
    [
        ("PXL_20240131_123456789.MP.jpg", "Google Pixel camera", "2024-01-31T12:34:56.789"),
        ("2024-01-31_12-34-56_UTC_1.jpg", "Instaloader", "2024-01-31T12:34:56"),
        ("FB_IMG_1706704496789.jpg", "Facebook, Android", "2024-01-31T12:34:56.789"),
        ("mmexport1706704496789.jpg", "WeChat", "2024-01-31T12:34:56.789"),
        ("https://x.com/a/status/1212092628029698048", "X post", "2019-12-31T19:26:16.771"),
        ("https://twitter.com/a/status/1212092628029698048/photo/1", "X post", "2019-12-31T19:26:16.771"),
        ("twitter_1212092628029698048.jpg", "X post", "2019-12-31T19:26:16.771"),
        # Discord's own documentation takes this snowflake apart.
        ("https://discord.com/channels/1/175928847299117063", "", ""),
        (
            "https://cdn.discordapp.com/attachments/381963689470984203/175928847299117063/a.png",
            "Discord message or file",
            "2016-04-30T11:18:25.796",
        ),
        ("https://www.tiktok.com/@x/video/7106594312292453675", "TikTok post", "2022-06-07T20:15:27"),
        ("https://mastodon.social/@Gargron/109252111498807689", "Mastodon post", "2022-10-29T14:48:43.993"),
    ],
)
def test_utc_and_counted_times_are_exact(name: str, scheme: str, moment: str) -> None:
    found = read(name)
    if not scheme:
        assert not found
        return
    assert (found[0].scheme, found[0].interval.zone_known) == (scheme, True)
    assert found[0].interval.earliest == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "hour"),
    [("오전 6.30.00", 6), ("오후 6.30.00", 18), ("오전 12.30.00", 0), ("오후 12.30.00", 12)],
)
def test_korean_halves_of_the_day(name: str, hour: int) -> None:
    (found,) = read(f"스크린샷 2024-11-14 {name}.png")
    assert found.interval.earliest == datetime(2024, 11, 14, hour, 30, tzinfo=UTC) - timedelta(hours=14)


NUMBER, OF_MASTODON = 1212092628029698048, 109252111498807689


@pytest.mark.parametrize(
    "address",
    [
        f"https://fake-x.com/a/status/{NUMBER}",
        f"https://x.com.evil.org/a/status/{NUMBER}",
        f"https://x.com@evil.org/a/status/{NUMBER}",
        f"https://evil.org\\@x.com/a/status/{NUMBER}",
        f"https://evil.org/?u=https://x.com/a/status/{NUMBER}",
        f"https://evil.org/x.com/a/status/{NUMBER}",
        f"https://notinstagram.com/p/B6wTNYyAAAA/{NUMBER}",
        "https://www.instagram.com/p/B6wTNYyAAAA/c/17900000000000001/",  # a comment, of another moment than the post
        "https://www.tiktok.com/@x/video/7106594312292453675?share_comment_id=7361174121373582123",
        f"https://nottiktok.com/@x/video/{7106594312292453675}",
        f"https://mydiscord.com/channels/381963689470984203/381963689470984203/{NUMBER}",
        "https://evil.org/media/EM2vkgLXsAAtgQr.jpg",
        f"ftp://x.com/a/status/{NUMBER}",
        f"https://[x.com/a/status/{NUMBER}",
    ],
)
def test_an_address_is_read_by_its_host(address: str) -> None:
    assert read(address) == ()


@pytest.mark.parametrize(
    "address", ["https://X.com./a/status/", "http://mobile.twitter.com/a/status/", "x.com/i/web/status/"]
)
def test_hosts_of_x(address: str) -> None:
    (found,) = read(f"{address}{NUMBER}?s=20", address=True)
    assert found.scheme == "X post" and found.sure


def test_mastodon_is_sure_only_on_hosts_known_to_run_it() -> None:
    assert [one.sure for one in read(f"https://mstdn.social/@a/{OF_MASTODON}")] == [True]
    assert [one.sure for one in read(f"https://medium.com/@user/{OF_MASTODON}")] == [False]


def test_no_post_is_numbered_after_now() -> None:
    assert read(f"https://x.com/a/status/{NUMBER}", now=datetime(2019, 1, 1, tzinfo=UTC)) == ()
    assert len(read(f"https://x.com/a/status/{NUMBER}", now=NOW)) == 1


def test_a_name_from_before_digital_cameras_says_so() -> None:
    outcome = check(image("IMG_19840131_123456.jpg"), Context(now=NOW))
    assert isinstance(outcome, Ran)
    assert any("before 1995" in limit for limit in outcome.evidence[0].limits)
    outcome = check(image("IMG_19960131_123456.jpg"), Context(now=NOW))
    assert isinstance(outcome, Ran)
    assert not any("before 1995" in limit for limit in outcome.evidence[0].limits)


def test_a_post_number_of_x_is_its_formula() -> None:
    number = 1212092628029698048
    milliseconds = (number >> 22) + 1288834974657
    (found,) = read(f"https://x.com/i/status/{number}")
    assert found.interval.earliest == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    assert found.post


def test_a_whatsapp_number_is_a_day() -> None:
    (found,) = read("IMG-20240131-WA0001.jpg")
    assert found.interval == Interval(datetime(2024, 1, 30, 10, tzinfo=UTC), datetime(2024, 2, 1, 12, tzinfo=UTC))
    assert "not that of capture" in found.means


@pytest.mark.parametrize(
    "name",
    [
        "DSC_0123.JPG",
        "IMG_1234.HEIC",
        "IMG_20241331_123456.jpg",
        "IMG_20240131_256199.jpg",
        "https://twitter.com/jack/status/20",
        "https://twitter.com/a/status/29700859247",  # counted, not timed
        "https://t.me/durov/123",
        "https://www.facebook.com/photo/?fbid=10158000000000000",
        "14212_1234567890123456_1234567890123456_n.jpg",
        "FB_IMG_0000000000001.jpg",
        "Krasnoyarsk2019.jpg",
        "UnitedStatesFla.jpg",
        "x" * 40_000,
        "",
    ],
)
def test_no_time_where_there_is_none(name: str) -> None:
    assert read(name) == ()


def test_a_bare_form_is_marked_as_such() -> None:
    (found,) = read("1212092628029698048.jpg")
    assert not found.sure
    (found,) = read("EM2vkgLXsAAtgQr.jpg")
    assert not found.sure
    assert found.interval.earliest is not None
    assert found.interval.earliest.year == 2019


@given(st.text(max_size=300))
def test_never_raises_and_is_bounded(text: str) -> None:
    assert len(read(text)) <= MOST_FOUND


@pytest.mark.parametrize(
    "text", ["_" * 50_000, "twitter" * 9_000, "IMG_2024" * 9_000, "https://" * 9_000, "tiktok/@" * 9_000, "1" * 50_000]
)
def test_linear_in_the_name(text: str) -> None:
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 0.5


def test_the_check_makes_claims_of_the_name_and_never_of_the_folder() -> None:
    outcome = check(image("IMG_20240131_123456.jpg"), Context(now=NOW))
    assert isinstance(outcome, Ran)
    (said,) = outcome.evidence
    assert isinstance(said, Claim)
    assert (said.tested, str(said.grade), said.quote) == (False, "F6", "IMG_20240131_123456.jpg")
    assert said.by == "whoever named the file"
    nothing = check(image("a.jpg"), Context(now=NOW))
    assert isinstance(nothing, Ran)
    assert nothing.evidence == ()
    assert "no form" in nothing.note


def test_a_name_of_tomorrow_says_so() -> None:
    outcome = check(image("IMG_20250131_123456.jpg"), Context(now=NOW))
    assert isinstance(outcome, Ran)
    assert any("after this check" in limit for limit in outcome.evidence[0].limits)


def test_nothing_is_later_than_a_check_whose_clock_was_never_set() -> None:
    unset = datetime(1980, 1, 1, tzinfo=UTC)
    (item,) = check(image("IMG_20250131_123456.jpg"), Context(now=unset)).evidence
    assert not any("It lies after this check" in limit for limit in item.limits)
    post = claim_from_flags(text="x", url=f"https://x.com/a/status/{NUMBER}")
    (item,) = check(image("a.jpg"), Context(now=unset, statements=(post,))).evidence
    assert item.basis.startswith("address: ")


def test_the_number_of_a_recorded_post_gives_the_time_of_the_post() -> None:
    post = Appearance(
        source=Source(kind=SourceKind.PERSON, name="a", origin="a"),
        statement="x",
        method="recorded by the desk",
        by="a",
        published=None,
        date_basis=DateBasis.UNKNOWN,
        copy=CopyKind.NEAR,
        url="https://x.com/a/status/1212092628029698048",
    )
    outcome = check(image("a.jpg"), Context(now=NOW, statements=(post,)))
    assert isinstance(outcome, Ran)
    (said,) = outcome.evidence
    assert "2019-12-31 19:26:16.771 UTC" in said.statement


@pytest.mark.parametrize("name", ["IMG_20240131_123456.jpg", "1212092628029698048.jpg", "IMG_20250131_123456.jpg"])
def test_a_name_bounds_nothing_and_contradicts_nobody(name: str) -> None:
    claim = claim_from_flags(text="x", time="2019-05-01")
    outcome = check(image(name), Context(now=NOW))
    assert isinstance(outcome, Ran)
    runs = (CheckRun(check="name", outcome=outcome),)
    without = weigh((claim,), runs, tuple(Question))
    weighed = weigh((claim, *outcome.evidence), runs, tuple(Question))
    assert weighed.claims == without.claims
    assert weighed.not_after == ""
    assert weighed.conflicts == ()
    (when,) = (one for one in weighed.findings if one.question is Question.WHEN)
    assert when.verdict is Verdict.UNPROVEN
    assert any("whoever named the file" in sentence.text for sentence in when.sentences)


def test_the_post_that_claims_gives_its_time_without_being_asked() -> None:
    claims = (
        claim_from_flags(text="x", url="https://x.com/a/status/1857074311234567890"),
        claim_from_flags(text="y", url="https://x.com.evil.example/a/status/1857074311234567890"),
    )
    (item,) = check(image("a.jpg"), Context(now=datetime(2025, 1, 1, tzinfo=UTC), statements=claims)).evidence
    assert item.time.earliest == datetime(2024, 11, 14, 14, 53, 13, 227000, tzinfo=UTC) and item.defeaters
    assert "post that claims" in item.statement
    assert not check(image("a.jpg"), Context(now=datetime(2024, 1, 1, tzinfo=UTC), statements=claims)).evidence
