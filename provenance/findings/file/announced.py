"""When cameras and phones were announced: before that only their makers' own people had one.

By the model string that the camera writes (EXIF Model): phones with the month of the maker's announcement, cameras with
its year. Held on 2026-11-28 against public lists: phones against a table of announcements (56 models, all equal) or,
the later ones, against the dates of sale of endoflife.date (none before its announcement, none more than two months
behind it); cameras against a list of years, of which 87 were equal. Models without a second source, or of which two
disagree, are left out. Press releases were not compared one by one, so the sentence says where it comes from.
Announcement and not sale, since testers had the cameras between. A model that is not here is not judged, and only the
exact string is.
"""

from __future__ import annotations

from types import MappingProxyType

from ...model.time import parse_interval

# "Model string=YYYY-MM" or "=YYYY", a maker a block.
_TABLE = (
    # Apple.
    "iPhone=2007-01|iPhone 3G=2008-06|iPhone 3GS=2009-06|iPhone 4=2010-06|iPhone 4S=2011-10|iPhone 5=2012-09"
    "|iPhone 5c=2013-09|iPhone 5s=2013-09|iPhone 6=2014-09|iPhone 6 Plus=2014-09|iPhone 6s=2015-09"
    "|iPhone 6s Plus=2015-09|iPhone SE=2016-03|iPhone 7=2016-09|iPhone 7 Plus=2016-09|iPhone 8=2017-09"
    "|iPhone 8 Plus=2017-09|iPhone X=2017-09|iPhone XR=2018-09|iPhone XS=2018-09|iPhone XS Max=2018-09"
    "|iPhone 11=2019-09|iPhone 11 Pro=2019-09|iPhone 11 Pro Max=2019-09|iPhone SE (2nd generation)=2020-04"
    "|iPhone 12=2020-10|iPhone 12 mini=2020-10|iPhone 12 Pro=2020-10|iPhone 12 Pro Max=2020-10"
    "|iPhone 13=2021-09|iPhone 13 mini=2021-09|iPhone 13 Pro=2021-09|iPhone 13 Pro Max=2021-09"
    "|iPhone SE (3rd generation)=2022-03|iPhone 14=2022-09|iPhone 14 Plus=2022-09|iPhone 14 Pro=2022-09"
    "|iPhone 14 Pro Max=2022-09|iPhone 15=2023-09|iPhone 15 Plus=2023-09|iPhone 15 Pro=2023-09"
    "|iPhone 15 Pro Max=2023-09|iPhone 16=2024-09|iPhone 16 Plus=2024-09|iPhone 16 Pro=2024-09"
    "|iPhone 16 Pro Max=2024-09|iPhone 16e=2025-02|"
    # Google.
    "Pixel=2016-10|Pixel XL=2016-10|Pixel 2=2017-10|Pixel 2 XL=2017-10|Pixel 3=2018-10|Pixel 3 XL=2018-10"
    "|Pixel 3a=2019-05|Pixel 3a XL=2019-05|Pixel 4=2019-10|Pixel 4 XL=2019-10|Pixel 4a=2020-08|Pixel 5=2020-09"
    "|Pixel 5a=2021-08|Pixel 6=2021-10|Pixel 6 Pro=2021-10|Pixel 6a=2022-05|Pixel 7=2022-10|Pixel 7 Pro=2022-10"
    "|Pixel 7a=2023-05|Pixel 8=2023-10|Pixel 8 Pro=2023-10|Pixel 8a=2024-05|Pixel 9=2024-08|Pixel 9 Pro=2024-08"
    "|Pixel 9 Pro XL=2024-08|"
    # Samsung; international model numbers.
    "SM-G900F=2014-02|SM-G920F=2015-03|SM-G925F=2015-03|SM-G930F=2016-02|SM-G935F=2016-02|SM-G950F=2017-03"
    "|SM-G955F=2017-03|SM-N950F=2017-08|SM-G960F=2018-02|SM-G965F=2018-02|SM-N960F=2018-08|SM-G970F=2019-02"
    "|SM-G973F=2019-02|SM-G975F=2019-02|SM-G981B=2020-02|SM-G986B=2020-02|SM-G988B=2020-02|SM-G991B=2021-01"
    "|SM-G996B=2021-01|SM-G998B=2021-01|SM-S901B=2022-02|SM-S906B=2022-02|SM-S908B=2022-02|SM-S911B=2023-02"
    "|SM-S916B=2023-02|SM-S918B=2023-02|SM-S921B=2024-01|SM-S926B=2024-01|SM-S928B=2024-01|"
    # Canon, by the year.
    "Canon EOS 5D=2005|Canon EOS 5D Mark II=2008|Canon EOS 5D Mark III=2012|Canon EOS 5D Mark IV=2016"
    "|Canon EOS 6D=2012|Canon EOS 6D Mark II=2017|Canon EOS 7D=2009|Canon EOS 7D Mark II=2014"
    "|Canon EOS 20D=2004|Canon EOS 30D=2006|Canon EOS 40D=2007|Canon EOS 50D=2008|Canon EOS 60D=2010"
    "|Canon EOS 70D=2013|Canon EOS 80D=2016|Canon EOS 90D=2019|Canon EOS 350D DIGITAL=2005"
    "|Canon EOS 400D DIGITAL=2006|Canon EOS 450D=2008|Canon EOS 500D=2009|Canon EOS 550D=2010"
    "|Canon EOS 600D=2011|Canon EOS 650D=2012|Canon EOS 700D=2013|Canon EOS-1D X=2011"
    "|Canon EOS-1D X Mark II=2016|Canon EOS R=2018|Canon EOS RP=2019|Canon EOS R5=2020|Canon EOS R6=2020"
    "|Canon EOS R3=2021|Canon EOS R7=2022|Canon EOS R10=2022|Canon EOS R6m2=2022|Canon EOS R8=2023|"
    # Nikon, by the year.
    "NIKON D70=2004|NIKON D200=2005|NIKON D80=2006|NIKON D300=2007|NIKON D3=2007|NIKON D700=2008|NIKON D90=2008"
    "|NIKON D5000=2009|NIKON D3S=2009|NIKON D7000=2010|NIKON D800=2012|NIKON D4=2012|NIKON D600=2012"
    "|NIKON D5200=2012|NIKON D7100=2013|NIKON D5300=2013|NIKON D610=2013|NIKON D810=2014|NIKON D750=2014"
    "|NIKON D500=2016|NIKON D7500=2017|NIKON D850=2017|NIKON Z 6=2018|NIKON Z 7=2018|NIKON Z 50=2019"
    "|NIKON Z 5=2020|NIKON Z 6_2=2020|NIKON Z 7_2=2020|"
    # Sony, by the year.
    "SLT-A77V=2011|SLT-A99V=2012|NEX-5=2010|NEX-7=2011|ILCE-7=2013|ILCE-7R=2013|ILCE-7S=2014|ILCE-6000=2014"
    "|ILCE-7M2=2014|ILCE-7RM2=2015|ILCE-7SM2=2015|ILCE-6300=2016|ILCE-6500=2016|ILCE-9=2017|ILCE-7RM3=2017"
    "|ILCE-7M3=2018|ILCE-6400=2019|ILCE-7RM4=2019|ILCE-9M2=2019|ILCE-7SM3=2020|ILCE-7C=2020|ILCE-1=2021"
    "|ILCE-7M4=2021|ILCE-7RM5=2022"
)
ANNOUNCED = MappingProxyType(dict(row.rsplit("=", 1) for row in _TABLE.split("|")))
"""Model string to "YYYY-MM" or "YYYY"."""


def announced_after(model: str, captured: str) -> str:
    """The month or year of announcement if a time of capture (ISO 8601) ends before it in every zone; "" otherwise."""
    month = ANNOUNCED.get(model.strip(), "")
    if not month:
        return ""
    try:
        taken, known = parse_interval(captured), parse_interval(month)
    except ValueError:
        return ""
    return month if taken.before(known) else ""
