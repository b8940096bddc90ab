"""When cameras and phones were announced: before that only their makers' own people had one.

Month of the maker's first public announcement, of the development where that came first, by the model string that the
camera writes (EXIF Model). Written down on 2026-11-28 as these months are commonly cited, and not compared with the
press releases one by one, so the sentence says where it comes from. Announcement and not sale, since testers had the
cameras between. A model that is not here is not judged, and only the exact string is.
"""

from __future__ import annotations

from types import MappingProxyType

from ..model.time import parse_interval

# "Model string=YYYY-MM", a maker a block.
_TABLE = (
    # Apple, keynote or press release of the month.
    "iPhone=2007-01|iPhone 3G=2008-06|iPhone 3GS=2009-06|iPhone 4=2010-06|iPhone 4S=2011-10|iPhone 5=2012-09"
    "|iPhone 5c=2013-09|iPhone 5s=2013-09|iPhone 6=2014-09|iPhone 6 Plus=2014-09|iPhone 6s=2015-09"
    "|iPhone 6s Plus=2015-09|iPhone SE=2016-03|iPhone 7=2016-09|iPhone 7 Plus=2016-09|iPhone 8=2017-09"
    "|iPhone 8 Plus=2017-09|iPhone X=2017-09|iPhone XR=2018-09|iPhone XS=2018-09|iPhone XS Max=2018-09"
    "|iPhone 11=2019-09|iPhone 11 Pro=2019-09|iPhone 11 Pro Max=2019-09|iPhone SE (2nd generation)=2020-04"
    "|iPhone 12=2020-10|iPhone 12 mini=2020-10|iPhone 12 Pro=2020-10|iPhone 12 Pro Max=2020-10|iPhone 13=2021-09"
    "|iPhone 13 mini=2021-09|iPhone 13 Pro=2021-09|iPhone 13 Pro Max=2021-09|iPhone SE (3rd generation)=2022-03"
    "|iPhone 14=2022-09|iPhone 14 Plus=2022-09|iPhone 14 Pro=2022-09|iPhone 14 Pro Max=2022-09|iPhone 15=2023-09"
    "|iPhone 15 Plus=2023-09|iPhone 15 Pro=2023-09|iPhone 15 Pro Max=2023-09|iPhone 16=2024-09|iPhone 16 Plus=2024-09"
    "|iPhone 16 Pro=2024-09|iPhone 16 Pro Max=2024-09|iPhone 16e=2025-02|"
    # Google, "Made by Google" events and I/O.
    "Pixel=2016-10|Pixel XL=2016-10|Pixel 2=2017-10|Pixel 2 XL=2017-10|Pixel 3=2018-10|Pixel 3 XL=2018-10"
    "|Pixel 3a=2019-05|Pixel 3a XL=2019-05|Pixel 4=2019-10|Pixel 4 XL=2019-10|Pixel 4a=2020-08|Pixel 5=2020-09"
    "|Pixel 5a=2021-08|Pixel 6=2021-10|Pixel 6 Pro=2021-10|Pixel 6a=2022-05|Pixel 7=2022-10|Pixel 7 Pro=2022-10"
    "|Pixel 7a=2023-05|Pixel 8=2023-10|Pixel 8 Pro=2023-10|Pixel 8a=2024-05|Pixel 9=2024-08|Pixel 9 Pro=2024-08"
    "|Pixel 9 Pro XL=2024-08|"
    # Samsung, "Unpacked" events; international model numbers.
    "GT-I9000=2010-03|GT-I9100=2011-02|GT-I9300=2012-05|GT-I9505=2013-03|SM-G900F=2014-02|SM-G920F=2015-03"
    "|SM-G925F=2015-03|SM-G930F=2016-02|SM-G935F=2016-02|SM-G950F=2017-03|SM-G955F=2017-03|SM-N950F=2017-08"
    "|SM-G960F=2018-02|SM-G965F=2018-02|SM-N960F=2018-08|SM-G970F=2019-02|SM-G973F=2019-02|SM-G975F=2019-02"
    "|SM-G981B=2020-02|SM-G986B=2020-02|SM-G988B=2020-02|SM-G991B=2021-01|SM-G996B=2021-01|SM-G998B=2021-01"
    "|SM-S901B=2022-02|SM-S906B=2022-02|SM-S908B=2022-02|SM-S911B=2023-02|SM-S916B=2023-02|SM-S918B=2023-02"
    "|SM-S921B=2024-01|SM-S926B=2024-01|SM-S928B=2024-01|"
    # Canon, press releases of the EOS line.
    "Canon EOS 5D=2005-08|Canon EOS 5D Mark II=2008-09|Canon EOS 5D Mark III=2012-03|Canon EOS 5D Mark IV=2016-08"
    "|Canon EOS 6D=2012-09|Canon EOS 6D Mark II=2017-06|Canon EOS 7D=2009-09|Canon EOS 7D Mark II=2014-09"
    "|Canon EOS 20D=2004-08|Canon EOS 30D=2006-02|Canon EOS 40D=2007-08|Canon EOS 50D=2008-08|Canon EOS 60D=2010-08"
    "|Canon EOS 70D=2013-07|Canon EOS 80D=2016-02|Canon EOS 90D=2019-08|Canon EOS 350D DIGITAL=2005-02"
    "|Canon EOS 400D DIGITAL=2006-08|Canon EOS 450D=2008-01|Canon EOS 500D=2009-03|Canon EOS 550D=2010-02"
    "|Canon EOS 600D=2011-02|Canon EOS 650D=2012-06|Canon EOS 700D=2013-03|Canon EOS-1D X=2011-10"
    "|Canon EOS-1D X Mark II=2016-02|Canon EOS-1D X Mark III=2019-10|Canon EOS R=2018-09|Canon EOS RP=2019-02"
    "|Canon EOS R5=2020-02|Canon EOS R6=2020-07|Canon EOS R3=2021-04|Canon EOS R7=2022-05|Canon EOS R10=2022-05"
    "|Canon EOS R6m2=2022-11|Canon EOS R8=2023-02|"
    # Nikon, press releases.
    "NIKON D70=2004-01|NIKON D200=2005-11|NIKON D80=2006-08|NIKON D300=2007-08|NIKON D3=2007-08|NIKON D700=2008-07"
    "|NIKON D90=2008-08|NIKON D5000=2009-04|NIKON D3S=2009-10|NIKON D7000=2010-09|NIKON D800=2012-02|NIKON D4=2012-01"
    "|NIKON D600=2012-09|NIKON D5200=2012-11|NIKON D7100=2013-02|NIKON D5300=2013-10|NIKON D610=2013-10"
    "|NIKON D810=2014-06|NIKON D750=2014-09|NIKON D500=2016-01|NIKON D5=2015-11|NIKON D7500=2017-04|NIKON D850=2017-07"
    "|NIKON D6=2019-09|NIKON Z 6=2018-08|NIKON Z 7=2018-08|NIKON Z 50=2019-10|NIKON Z 5=2020-07|NIKON Z 6_2=2020-10"
    "|NIKON Z 7_2=2020-10|NIKON Z fc=2021-06|NIKON Z 9=2021-03|NIKON Z 8=2023-05|NIKON Z f=2023-09|NIKON Z6_3=2024-06|"
    # Sony, press releases.
    "SLT-A77V=2011-08|SLT-A99V=2012-09|NEX-5=2010-05|NEX-7=2011-08|ILCE-7=2013-10|ILCE-7R=2013-10|ILCE-7S=2014-04"
    "|ILCE-6000=2014-02|ILCE-7M2=2014-11|ILCE-7RM2=2015-06|ILCE-7SM2=2015-09|ILCE-6300=2016-02|ILCE-6500=2016-10"
    "|ILCE-9=2017-04|ILCE-7RM3=2017-10|ILCE-7M3=2018-02|ILCE-6400=2019-01|ILCE-7RM4=2019-07|ILCE-9M2=2019-10"
    "|ILCE-7SM3=2020-07|ILCE-7C=2020-09|ILCE-1=2021-01|ILCE-7M4=2021-10|ILCE-7RM5=2022-10|ILCE-9M3=2023-11"
)
ANNOUNCED = MappingProxyType(dict(row.rsplit("=", 1) for row in _TABLE.split("|")))
"""Model string to "YYYY-MM"."""


def announced_after(model: str, captured: str) -> str:
    """The month of announcement if a time of capture (ISO 8601) ends before it in every zone; "" otherwise."""
    month = ANNOUNCED.get(model.strip(), "")
    if not month:
        return ""
    try:
        taken, known = parse_interval(captured), parse_interval(month)
    except ValueError:
        return ""
    return month if taken.before(known) else ""
