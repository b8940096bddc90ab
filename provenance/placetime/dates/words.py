"""Names of months, words for halves of the day, zones and relative times, in the languages that desks meet most.

Unicode CLDR 46: months in their stand-alone, genitive and abbreviated forms; Arabic by both sets of names. Where one
abbreviation serves two languages it names one month in both.
"""

from __future__ import annotations

from types import MappingProxyType

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
    " листопад листопада листопаді лист лис"
    " | نوفمبر تشرين_الثاني",
    "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre aralık ara |"
    " декабрь декабря декабре дек"
    " | грудень грудня грудні груд гру | ديسمبر كانون_الأول",
)

MONTHS = MappingProxyType(
    {
        name.replace("_", " ").casefold(): number
        for number, names in enumerate(_MONTHS, 1)
        for name in names.replace("|", " ").split()
    }
)
"""Name, case-folded, to month 1 to 12."""

BEFORE_NOON = ("am", "a.m.", "a. m.", "a.m", "ам", "오전", "上午", "凌晨", "早上", "清晨", "午前", "öö", "ص", "صباحا")
AFTER_NOON = ("pm", "p.m.", "p. m.", "p.m", "рм", "오후", "下午", "晚上", "傍晚", "午後", "ös", "م", "مساء")

ZONES_MIN = MappingProxyType(
    {
        "utc": 0, "gmt": 0, "z": 0, "bst": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180,
        "msk": 180, "мск": 180, "trt": 180, "kst": 540, "jst": 540, "est": -300, "edt": -240, "mst": -420, "mdt": -360,
        "pst": -480, "pdt": -420, "cdt": -300,
    }
)  # fmt: skip
"""Minutes east of UTC. Abbreviations that name two zones (CST, IST, AST) are left out: they say nothing."""

UNITS_S = MappingProxyType(
    {
        1: "s sec secs second seconds sekunde sekunden seconde secondes sn saniye с сек секунд секунда секунды секунду"
        " 초 秒 秒钟 ثانية ثوان ثواني",
        60: "m min mins minute minutes minuten dk dakika мин минут минуты минуту хв хвилин хвилини хвилину"
        " 분 分 分钟 分鐘 دقيقة دقائق",
        3_600: "h hr hrs hour hours stunde stunden std heure heures sa saat ч час часа часов год годин години годину"
        " 시간 小时 小時 時間 ساعة ساعات",
        86_400: "d day days tag tage tagen jour jours gün g дн день дня дней дні днів 일 天 日 يوم أيام",
        604_800: "w wk week weeks woche wochen semaine semaines hafta нед неделя недели недель неделю"
        " тиждень тижні тижнів 주 周 週間 أسبوع أسابيع",
    }
)
"""Seconds to the words for so long a time."""
AGO_BEHIND = ("ago", "назад", "тому", "전", "前", "önce")
AGO_BEFORE = ("vor", "il y a", "hace", "قبل", "منذ")
TODAY = (
    "today", "сегодня", "сьогодні", "오늘", "今天", "今日", "heute", "aujourd'hui", "aujourd’hui", "bugün", "اليوم",
)  # fmt: skip
YESTERDAY = ("yesterday", "вчера", "вчора", "учора", "어제", "昨天", "昨日", "gestern", "hier", "dün", "أمس", "امس")
JUST_NOW = (
    "just now", "только что", "щойно", "방금", "刚刚", "剛剛", "たった今", "gerade eben", "à l'instant", "şimdi",
    "الآن",
)  # fmt: skip

WEEKDAYS = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday"
    " mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonntag"
    " lundi mardi mercredi jeudi vendredi samedi dimanche pazartesi salı çarşamba perşembe cuma cumartesi pazar"
    " понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье пн вт ср чт пт сб вс"
    " понеділок вівторок середа середу п'ятниця п’ятницю неділя неділю нд субота суботу"
    " 월요일 화요일 수요일 목요일 금요일 토요일 일요일 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日"
    " 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日"
    " الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
)
JOINING = "at on um am à le de del a las los klo saat kl в о об од від время الساعة في عند uhr h по"
"""Words that may stand between a date and its time of day; like the weekdays, divided by spaces."""
