"""Names of months in calendars other than the Gregorian one, by the calendar; spellings of one month parted by "/".

Unicode CLDR 46 (English and each calendar's own language), with further romanisations that news agencies write. The
months of the Afghan calendar are those of the Iranian one under Arabic names of the zodiac.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_MONTHS = {
    "Iranian": """
    farvardin/فروردین/hamal/حمل, ordibehesht/اردیبهشت/sawr/ثور, khordad/خرداد/jawza/جوزا, tir/تیر/saratan/سرطان,
    mordad/amordad/مرداد/asad/اسد, shahrivar/شهریور/sonbola/sunbula/سنبله, mehr/مهر/mizan/میزان, aban/آبان/aqrab/عقرب,
    azar/آذر/qaws/قوس, dey/دی/jadi/jaddi/جدی, bahman/بهمن/dalw/دلو, esfand/اسفند/hut/حوت""",
    "Islamic": """
    muharram/محرم, safar/صفر, rabi al-awwal/rabi i/rabi' al-awwal/ربيع الأول/ربيع الاول,
    rabi al-thani/rabi ii/rabi' al-thani/rabi al-akhir/ربيع الآخر/ربيع الثاني,
    jumada al-awwal/jumada al-ula/jumada i/جمادى الأولى/جمادى الأول,
    jumada al-thani/jumada al-akhira/jumada ii/جمادى الآخرة/جمادى الثانية, rajab/رجب, shaban/sha'ban/sha’ban/شعبان,
    ramadan/ramazan/رمضان, shawwal/شوال, dhu al-qadah/dhu al-qa'dah/dhul qadah/dhul-qadah/ذو القعدة/ذي القعدة,
    dhu al-hijjah/dhul hijjah/dhul-hijjah/ذو الحجة/ذي الحجة""",
    "Hebrew": """
    tishrei/tishri/תשרי, cheshvan/heshvan/marcheshvan/חשוון/חשון/מרחשוון, kislev/כסלו, tevet/טבת, shevat/shvat/שבט,
    adar i/adar 1/אדר א׳/אדר א', adar/adar ii/adar 2/אדר/אדר ב׳/אדר ב', nisan/ניסן, iyar/iyyar/אייר, sivan/סיוון/סיון,
    tammuz/tamuz/תמוז, av/אב, elul/אלול""",
    "Buddhist": """
    มกราคม/ม.ค., กุมภาพันธ์/ก.พ., มีนาคม/มี.ค., เมษายน/เม.ย., พฤษภาคม/พ.ค., มิถุนายน/มิ.ย., กรกฎาคม/ก.ค., สิงหาคม/ส.ค.,
    กันยายน/ก.ย., ตุลาคม/ต.ค., พฤศจิกายน/พ.ย., ธันวาคม/ธ.ค.""",
    "Ethiopian": """
    meskerem/መስከረም, tikimt/tekemt/tikemt/ጥቅምት, hidar/hedar/ህዳር/ኅዳር, tahsas/ታህሳስ/ታኅሣሥ, tir/ter/ጥር, yekatit/የካቲት,
    megabit/maggabit/መጋቢት, miazia/miyazya/miyazia/ሚያዝያ, ginbot/genbot/ግንቦት, sene/ሰኔ, hamle/ሐምሌ/ሀምሌ,
    nehase/nehasse/ነሐሴ/ነሀሴ, pagume/pagumen/pagumē/ጳጉሜ/ጳጉሜን""",
}
YEARS: Mapping[str, range] = MappingProxyType(
    {
        "Iranian": range(1304, 1431),
        "Islamic": range(1241, 1501),
        "Hebrew": range(5586, 5901),
        "Buddhist": range(2432, 2701),
        "Ethiopian": range(1818, 2063),
    }
)
"""Years in which there were photographs, by calendar; that and the name of the month tell which calendar is meant. Of
the Iranian and the Thai calendar only those since its months are as long as they are today (1925, 1889).
"""
EITHER_ADAR = frozenset(("adar", "אדר"))
SECOND_ADAR = frozenset(("adar ii", "adar 2", "אדר ב׳", "אדר ב'"))
"""Names of a month that a Hebrew leap year has twice, and of the one that a common year has not."""


def _numbered(names: str) -> dict[str, int]:
    months = enumerate(names.split(","), 1)
    return {name.strip().casefold(): number for number, each in months for name in each.split("/")}


BY_CALENDAR: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {calendar: MappingProxyType(_numbered(names)) for calendar, names in _MONTHS.items()}
)
"""Calendar -> name, case-folded -> its number, from 1. Hebrew months count from Tishri, Adar of any year is the 7th."""
