"""Days in words: read where one meaning is left, and refused with both where two countries differ."""

from __future__ import annotations

import time

import pytest

from provenance.model.days.in_words import day_in_words, read_time
from provenance.model.time import parse_interval


@pytest.mark.parametrize(
    ("text", "iso"),
    [("3 March 2022", "2022-03-03"), ("March 3, 2022", "2022-03-03"), ("3rd of March 2022", "2022-03-03"),
     ("Thursday, 3 March 2022", "2022-03-03"), ("16 mars 2022", "2022-03-16"), ("1er mars 2022", "2022-03-01"),
     ("16 de marzo de 2022", "2022-03-16"), ("16. März 2022", "2022-03-16"), ("16 марта 2022 г.", "2022-03-16"),
     ("16 березня 2022 року", "2022-03-16"), ("2022年3月16日", "2022-03-16"), ("2022년 3월 16일", "2022-03-16"),
     ("16 مارس 2022", "2022-03-16"), ("3 KASIM 2022", "2022-11-03"), ("3 Nİsan 2022", "2022-04-03"),
     ("3 aprıl 2022", "2022-04-03"),
     ("16.03.2022", "2022-03-16"), ("2022.03.16.", "2022-03-16"),
     ("2022/03/16", "2022-03-16"), ("16/3/2022", "2022-03-16"), ("3/16/2022", "2022-03-16"),
     ("4/4/2022", "2022-04-04"),
     ("March 2022", "2022-03"), ("март 2022", "2022-03"), ("2022년 3월", "2022-03"),
     ("3-5 March 2022", "2022-03-03/2022-03-05"),
     ("28 February - 2 March 2024", "2024-02-28/2024-03-02"), ("29 февраля — 2 марта 2024 г.", "2024-02-29/2024-03-02"),
     ("28 December – 3 January 2022", "2021-12-28/2022-01-03"), ("March – April 2022", "2022-03/2022-04"),
     ("27 Aban – 3 Azar 1398", "2019-11-18/2019-11-24"), ("28/29 February 2024", "2024-02-28/2024-02-29"),
     ("3 March 2022 - 5 April 2022", "2022-03-03/2022-04-05"), ("2024-11-14", "2024-11-14"),
     ("2022/2023", "2022/2023")],
)  # fmt: skip
def test_a_day_in_words_is_as_wide_as_its_date(text: str, iso: str) -> None:
    assert read_time(text) == parse_interval(iso)


@pytest.mark.parametrize(
    "text",
    ["3/4/2022", "03-04-2022", "Saturday evening", "вчера", "early hours of 3 March", "3 March", "last week",
     "31 February 2022", "0 March 2022", "00.03.2022",
     "2 March - 28 February 2024", "29 February - 2 March 2023", "29 February 2023", "before - 5 March 2022",
     "5 years ago today", "3 March 22", "14.13.2022", "March", "spring 2022", "5 March 2022 - 3 March 2022"],
)  # fmt: skip
def test_what_may_be_two_days_or_none_is_refused(text: str) -> None:
    with pytest.raises(
        ValueError, match=r"may be|no ISO 8601|day is out of range|before it begins|month must be|out of"
    ):
        read_time(text)


def test_both_readings_are_told() -> None:
    with pytest.raises(ValueError, match="it may be 2022-04-03 or 2022-03-04"):
        read_time("3/4/2022")


@pytest.mark.parametrize("text", ["1" * 10_000, "3 March " * 2_000, " - " * 3_000, "März" * 3_000, "3-5 " * 3_000])
def test_a_long_text_is_soon_none(text: str) -> None:
    started = time.process_time()
    assert day_in_words(text) is None
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("text", "iso"),
    [  # new years and holidays as they were kept; days that begin in the evening before are two
        ("1 Farvardin 1399", "2020-03-20"), ("22 Bahman 1357", "1979-02-11"), ("30 Esfand 1403", "2025-03-20"),
        ("۲۰ دی ۱۳۹۸", "2020-01-10"), ("Dey 1398", "2019-12-22/2020-01-20"), ("24 Asad 1400", "2021-08-15"),
        ("1 Tishri 5785", "2024-10-02/2024-10-03"), ("15 Nisan 5784", "2024-04-22/2024-04-23"),
        ("14 Adar II 5784", "2024-03-23/2024-03-24"), ("9 באב 5783", "2023-07-26/2023-07-27"),
        ("1 Meskerem 2016", "2023-09-12"), ("1 Ter 2013", "2021-01-09"), ("5 Pagume 2015", "2023-09-10"),
        ("19 กันยายน 2549", "2006-09-19"), ("22 พ.ค. 2557", "2014-05-22"), ("5 ธันวาคม ค.ศ. 2016", "2016-12-05"),
        ("平成23年3月11日", "2011-03-11"), ("令和元年5月1日", "2019-05-01"), ("民國112年9月", "2023-09"),
        ("1 Ramadan 1445", "2024-03-08/2024-03-13"), ("10 ذو الحجة 1445 هـ", "2024-06-14/2024-06-19"),
        ("13/14 novembre 2015", "2015-11-13/2015-11-14"), ("March 19/20, 2003", "2003-03-19/2003-03-20"),
        ("١٦ مارس ٢٠٢٢", "2022-03-16")],
)  # fmt: skip
def test_days_of_other_calendars_are_read_by_their_months(text: str, iso: str) -> None:
    assert read_time(text) == parse_interval(iso)


@pytest.mark.parametrize("text", ["30 Esfand 1402", "31 Mehr 1401", "6 Pagume 2013", "14 Adar I 5785", "令和3年13月1日",
                                  "14/16 July 2016", "31 Tishrei 5784", "14 Mehr 2022", "0 Aban 1398",
                                  "令和3年0月", "令和0年", "令和3年7月0日", "10 Adar II 5785"])  # fmt: skip
def test_a_day_that_its_calendar_has_not_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"range|no ISO|month must|from 1|one Adar"):
        read_time(text)


@pytest.mark.parametrize(
    "text",
    ["before 27 Aban 1398", "until 22 Tishrei 5784", "not 1 Ramadan 1445", "10 Adar 5784", "10 אדר 5784",
     "มกราคม 2470", "5 ธันวาคม พ.ศ. 2016", "5 ธันวาคม ค.ศ. 2563", "明治5年1月5日", "27 Aban 1290"],
)  # fmt: skip
def test_a_day_elsewhere_that_may_be_two_or_none_is_refused(text: str) -> None:
    """Words before a day, the month that leap years have twice, and months that were counted otherwise then."""
    with pytest.raises(ValueError, match=r"no ISO|two months|may be|moon"):
        read_time(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("14 Adar 5785", "2025-03-13/2025-03-14"), ("24 มิถุนายน 2475", "1932-06-24"),
        ("30 Shawwal 1445", "2024-05-06/2024-05-11"), ("شنبه ۲۵ آبان ۱۳۹۸", "2019-11-16"),
        ("Saturday 25 Aban 1398", "2019-11-16"), ("Shabbat, 9 Av 5783", "2023-07-26/2023-07-27"),
        ("الأحد 1 رمضان 1445", "2024-03-08/2024-03-13"), ("วันพุธที่ 14 ตุลาคม พ.ศ. 2563", "2020-10-14"),
        ("明治6年1月1日", "1873-01-01"), ("昭和64年1月7日", "1989-01-07"),
        # the first days of years, after pyluach, persiantools and convertdate
        ("1 Tishri 5600", "1839-09-08/1839-09-09"), ("1 Nisan 5830", "2070-03-12/2070-03-13"),
        ("1 Farvardin 1304", "1925-03-21"), ("1 Farvardin 1408", "2029-03-20"), ("1 Meskerem 2012", "2019-09-12"),
    ],
)  # fmt: skip
def test_days_as_calendars_of_others_have_them(text: str, iso: str) -> None:
    assert read_time(text) == parse_interval(iso)


@pytest.mark.parametrize(
    "text",
    ["Thursday, 3 March 2022", "Thu, 3 Mar 2022", "March 3, 2022 (Thursday)", "jeudi 3 mars 2022", "Do., 03.03.2022",
     "Donnerstag, den 3. März 2022", "jueves, 3 de marzo de 2022", "quinta-feira, 3 de março de 2022",
     "3 Mart 2022 Perşembe", "четвер, 3 березня 2022 р.", "четверг 3 марта 2022", "الخميس 3 مارس 2022",
     "3 MART 2022 PERŞEMBE", "2022年3月3日（木）",
     "2022년 3월 3일 목요일", "2022-03-03 (Thu)", "Thursday 3/3/2022", "3-mar-2022"],
)  # fmt: skip
def test_a_day_of_the_week_may_stand_on_either_side(text: str) -> None:
    assert read_time(text) == parse_interval("2022-03-03")


@pytest.mark.parametrize(
    "text",
    ["Friday, 3 March 2022", "vendredi 3 mars 2022", "Freitag, 3. März 2022", "viernes, 3 de marzo de 2022",
     "3 Mart 2022 Cuma", "п'ятниця, 3 березня 2022 року", "الجمعة 3 مارس 2022", "2022年3月3日（金）",
     "2022-03-03, Friday", "Thursday 3 March 2022 - Friday 5 March 2022"],
)  # fmt: skip
def test_a_day_of_the_week_that_its_date_has_not_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"2022-03-0[35] was a (?:Thurs|Satur)day"):
        read_time(text)


def test_a_day_of_the_week_tells_which_of_two_days_it_is() -> None:
    assert read_time("Friday, 3/4/2022") == read_time("04.03.2022")
    assert read_time("Sunday 3/4/2022") == read_time("03.04.2022")
    with pytest.raises(ValueError, match="is no ISO 8601 date"):
        read_time("Tuesday 3/4/2022")
