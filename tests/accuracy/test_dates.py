"""Dates as posts and captions write them, in eleven languages: the right interval, or every reading there is."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from provenance.model.time import Interval, parse_interval
from provenance.placetime.dates.read import MOST_CHARS, MOST_FOUND, read

TABLE = Path(__file__).parent / "data" / "dates.csv"
SEEN = datetime(2024, 11, 15, 12, tzinfo=UTC)
with TABLE.open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_a_date_is_read_as_it_is_written_and_no_finer(row: dict[str, str]) -> None:
    found = read(row["text"])
    assert len(found) == 1, found
    assert set(found[0].readings) == {parse_interval(one) for one in row["readings"].split(" or ")}


@pytest.mark.parametrize(
    "text", ["光緒26年8月14日", "29 Feb – 2 March 2022", "5 May - 3 May 2021", "5 June - 2 May 2021"]
)
def test_a_year_of_an_era_that_is_not_known_and_a_span_that_no_calendar_has_give_no_time(text: str) -> None:
    assert [one.readings for one in read(text)] == [()]


def test_the_table_holds_what_is_promised() -> None:
    assert len(ROWS) >= 60 and len({row["language"] for row in ROWS}) >= 10
    assert {"X", "Telegram", "Facebook", "VK", "Weibo", "KakaoTalk"} <= {row["platform"] for row in ROWS}


@pytest.mark.parametrize(
    ("text", "longest_h", "shortest_h"),
    [
        ("2h", 3, 1), ("3 d · 🌐", 96, 48), ("5 hours ago", 6, 4), ("2 часа назад", 3, 1), ("3시간 전", 4, 2),
        ("3小时前", 4, 2), ("vor 2 Stunden", 3, 1), ("il y a 4 heures", 5, 3), ("3 saat önce", 4, 2),
        ("منذ 3 ساعات", 4, 2),
        ("3 DAKİKA ÖNCE", 4 / 60, 2 / 60), ("3 mınutes ago", 4 / 60, 2 / 60),
        ("há 3 dias", 96, 48), ("hace 3 horas", 4, 2),
        ("2 год тому", 3, 1), ("today 3 hours ago", 4, 2),
        ("yesterday", 48, 0), ("вчера в 15:42", 48, 0), ("어제", 48, 0), ("сегодня", 24, 0),
    ],
)  # fmt: skip
def test_relative_times_need_the_moment_of_reading(text: str, longest_h: int, shortest_h: int) -> None:
    (unread,) = read(text)
    assert unread.readings == () and "seen" in unread.needs
    (known,) = read(text, seen=SEEN)
    start, end = SEEN - timedelta(hours=longest_h), SEEN - timedelta(hours=shortest_h)
    assert known.readings == (Interval(start, end, True),)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("5 years ago today", 2019), ("сегодня 5 лет назад", 2019), ("vor 5 Jahren heute", 2019), ("5년 전 오늘", 2019),
        ("1 год назад", 2023), ("il y a 4 ans aujourd'hui", 2020), ("3 роки тому", 2021), ("4y", 2020),
        ("2 years ago yesterday", 2022), ("Today, 5 years ago", 2019), ("há 5 anos", 2019),
    ],
)  # fmt: skip
def test_years_ago_are_years_and_none_of_today(text: str, year: int) -> None:
    (known,) = read(text, seen=SEEN)
    (interval,) = known.readings
    assert known.quote == text and interval.earliest is not None and interval.latest is not None
    assert interval.meets(parse_interval(f"{year}-11-15")) and interval.latest - interval.earliest < timedelta(days=732)
    assert not interval.meets(parse_interval(f"{year - 2}-11-01")) and not interval.meets(parse_interval(f"{year + 2}"))


@pytest.mark.parametrize("text", ["a year ago today", "Five years ago yesterday", "год тому сьогодні"])
def test_a_day_behind_ago_is_none_of_today(text: str) -> None:
    assert read(text, seen=SEEN) == ()


@pytest.mark.parametrize("text", ["Chicago today", "today marks 10 years", "2h today"])
def test_and_stands_for_itself_elsewhere(text: str) -> None:
    assert [one.quote for one in read(text, seen=SEEN)] == ["today"]


@pytest.mark.parametrize(
    "text", ["14 ноября", "Nov 14", "11월 14일 오후 3:42", "14.11 в 15:42", "14 November at 15:42"]
)
def test_without_a_year_the_last_such_day_before_the_text_was_seen(text: str) -> None:
    (unread,) = read(text)
    assert unread.readings == () and unread.needs == "the year"
    (known,) = read(text, seen=SEEN)
    assert known.readings[0].earliest is not None and known.readings[0].meets(parse_interval("2024-11-14"))
    (last_year,) = read(text, seen=datetime(2024, 11, 1, tzinfo=UTC))
    assert last_year.readings[0].meets(parse_interval("2023-11-14"))


@pytest.mark.parametrize(
    "text",
    [
        "price 12.50 and 3.11 km at 10:30", "the 170 mm gun fires 40-60 km", "192.168.1.14", "version 1.2.3",
        "may 3 people were killed", "10 ago 5 set 3 out", "32/13/2024", "call +7 916 123-45-67", "4,400 km (2,700 mi)",
        "score 3:1", "chapter 12", "in 1917 and 2024 people", "", "   ",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert [one for one in read(text, seen=SEEN) if one.readings] == []


@pytest.mark.parametrize(
    "text",
    ["the day before yesterday", "avant-hier", "antes de ayer", "أول أمس", "أمس الأول", "позавчера", "vorgestern",
     "Hier in Kyjiw brennt es", "as Russia Today reported", "USA Today", "Wir stehen hier", "Hier 20 Bilder aus Kyjiw",
     "Hier 3 Tote", "Hier 14:30 Uhr", "Hier en daar brandt het", "Hier vers brood", "Das Café hier brennt",
     "Hier 5 h Stau", "ante ayer"],
)  # fmt: skip
def test_words_that_hold_a_day_and_mean_none_of_it(text: str) -> None:
    assert read(text, seen=SEEN) == ()


@pytest.mark.parametrize(
    "text",
    ["hier soir", "Hier, à 14:32", "depuis hier", "hier", "Publié hier", "C'est arrivé hier.", "hier 14h30",
     "hier 15 h", "Paris · Hier", "hier vers 15 heures", "ayer por la tarde", "ontem à noite", "ieri", "أمس"],
)  # fmt: skip
def test_yesterday_is_read_where_it_means_that(text: str) -> None:
    (found,) = read(text, seen=SEEN)
    assert found.readings == (Interval(SEEN - timedelta(days=2), SEEN, True),)


@pytest.mark.parametrize("text", ["Today", "Posted Today at 14:00", "heute", "hoje"])
def test_and_so_is_today(text: str) -> None:
    assert read(text, seen=SEEN)[0].readings == (Interval(SEEN - timedelta(days=1), SEEN, True),)


@pytest.mark.parametrize(
    "text",
    ["Santo Domingo, 3 de marzo de 2022", "Plácido Domingo, 3 de marzo de 2022", "Le Journal du Dimanche, 3 mars 2022",
     "el Jueves 3 de marzo de 2022", "DIARIO, JUEVES 3 DE MARZO DE 2022"],
)  # fmt: skip
def test_a_name_that_is_written_like_a_day_is_none(text: str) -> None:
    (found,) = read(text, seen=SEEN)
    assert len(found.readings) == 1


@pytest.mark.parametrize(
    "text",
    ["el Viernes 3 de marzo de 2022", "París, Viernes 3 de marzo de 2022", "Viernes 3 de marzo de 2022",
     "EL DIARIO VIERNES 3 DE MARZO DE 2022", "В Пятницу, 3 марта 2022", "Friday, 3 March 2022",
     "vendredi 3 mars 2022 à 21:00", "3 Mart 2022 Cuma", "пятница, 3 марта 2022 года",
     "Fri, Mar 3, 2022", "2022年3月3日（金）", "3 March 2022 (Fri)", "Tuesday 03/04/2022"],
)  # fmt: skip
def test_a_day_of_the_week_that_its_date_has_not_leaves_no_time(text: str) -> None:
    (found,) = read(text, seen=SEEN)
    assert found.readings == () and found.needs == "a day of the week that fits its date"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Thursday, 3 March 2022", "2022-03-03"), ("The Sun, 3 March 2022", "2022-03-03"),
        ("So, 3 March 2022 it was", "2022-03-03"), ("On 3 March 2022, Friday prayers began", "2022-03-03"),
        ("Friday 04/03/2022", "2022-03-04"), ("Friday, 15 November", "2024-11-15"), ("Friday, 3 March", "2023-03-03"),
        ("el jueves 14 de noviembre", "2024-11-14"),
    ],
)  # fmt: skip
def test_a_day_of_the_week_chooses_among_readings_and_years(text: str, iso: str) -> None:
    (found,) = read(text, seen=SEEN)
    assert found.readings == (parse_interval(iso),)


@pytest.mark.parametrize("text", ["14 ноября прошлого года", "Nov 14 last year", "去年11月14日", "작년 11월 14일"])
def test_a_date_of_another_year_is_not_read_as_of_this_one(text: str) -> None:
    (found,) = read(text, seen=SEEN)
    assert found.readings == () and found.needs == "the year"


def test_a_day_that_no_calendar_has_is_not_read_as_its_month() -> None:
    (found,) = read("29 Feb 2023")
    assert found.readings == () and "calendar" in found.needs
    assert read("29 Feb 2024")[0].readings == (parse_interval("2024-02-29"),)


def test_two_digit_years_keep_every_order() -> None:
    (found,) = read("03-04-05")
    assert set(found.readings) == {parse_interval(day) for day in ("2003-04-05", "2005-04-03", "2005-03-04")}


def test_each_time_of_day_goes_with_its_own_date_and_the_quote_is_verbatim() -> None:
    text = "seen 10:30 14 Nov 2024, then 11:45 15 Nov 2024; nothing at 12:00"
    first, second = read(text)
    assert first.readings == (parse_interval("2024-11-14T10:30"),)
    assert second.readings == (parse_interval("2024-11-15T11:45"),)
    assert text[first.start : first.end] == first.quote == "10:30 14 Nov 2024"


def test_long_and_hostile_texts_end_soon() -> None:
    import time

    started_s = time.process_time()
    for text in (
        "14 Nov 2024 " * 3_000,
        "1" * 50_000,
        "1/" * 20_000,
        "· at on " * 5_000,
        "14 " + "de " * 10_000,
        "오후 " * 9_000,
        "1 d ago today " * 2_000,
        "today " * 4_000,
    ):
        assert len(read(text, seen=SEEN)) <= MOST_FOUND
    assert time.process_time() - started_s < 20 and MOST_CHARS == 20_000
