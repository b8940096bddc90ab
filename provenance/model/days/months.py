"""Names of months in the languages that desks meet most.

Unicode CLDR 46: months in their stand-alone, genitive and abbreviated forms, and "листоп." as print shortens it; Arabic
by both sets of names. Where one abbreviation serves two languages it names one month in both.
"""

from __future__ import annotations

from types import MappingProxyType

from ..text import folded

_MONTHS = (
    # English, German, French, Spanish, Portuguese, Italian, Turkish; Russian; Ukrainian; Arabic
    "january jan januar jänner janvier janv enero ene janeiro gennaio gen ocak oca | январь"
    " января январе янв | січень січня січні січ"
    " | يناير كانون_الثاني جانفي",
    "february feb februar février févr fevrier fevr febrero fevereiro fev febbraio şubat şub |"
    " февраль февраля феврале фев февр"
    " | лютий лютого лютому лют | فبراير شباط فيفري",
    "march mar märz mär mrz mars marzo março mart | март марта марте мар | березень березня березні бер | مارس آذار",
    "april apr avril avr abril abr aprile nisan nis | апрель апреля апреле апр | квітень квітня"
    " квітні квіт кві | أبريل ابريل نيسان أفريل",
    "may mai mayo maio maggio mag mayıs | май мая мае | травень травня травні трав тра | مايو أيار ماي",
    "june jun juni juin junio junho giugno giu haziran haz | июнь июня июне июн | червень червня"
    " червні черв чер | يونيو حزيران جوان",
    "july jul juli juillet juil julio julho luglio lug temmuz tem | июль июля июле июл | липень"
    " липня липні лип | يوليو تموز جويلية",
    "august aug août aout agosto ago ağustos ağu | август августа августе авг | серпень серпня"
    " серпні серп сер | أغسطس اغسطس آب أوت",
    "september sep sept septembre septiembre setembro settembre set eylül eyl | сентябрь сентября сентябре сен сент"
    " | вересень вересня вересні верес вер | سبتمبر أيلول",
    "october oct oktober okt octobre octubre outubro out ottobre ott ekim eki | октябрь октября октябре окт"
    " | жовтень жовтня жовтні жовт жов | أكتوبر اكتوبر تشرين_الأول",
    "november nov novembre noviembre novembro kasım kas | ноябрь ноября ноябре ноя нояб |"
    " листопад листопада листопаді листоп лист лис"
    " | نوفمبر تشرين_الثاني",
    "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre aralık ara |"
    " декабрь декабря декабре дек"
    " | грудень грудня грудні груд гру | ديسمبر كانون_الأول",
)

MONTHS = MappingProxyType(
    {
        folded(name.replace("_", " ")): number
        for number, names in enumerate(_MONTHS, 1)
        for name in names.replace("|", " ").split()
    }
)
"""Name, folded, to month 1 to 12."""
