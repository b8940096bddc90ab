"""Words for halves of the day, zones and relative times, in the languages that desks meet most (Unicode CLDR 46)."""

from __future__ import annotations

from types import MappingProxyType

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
        " minuto minutos 분 分 分钟 分鐘 دقيقة دقائق",
        3_600: "h hr hrs hour hours stunde stunden std heure heures sa saat ч час часа часов год годин години годину"
        " hora horas 시간 小时 小時 時間 ساعة ساعات",
        86_400: "d day days tag tage tagen jour jours gün g дн день дня дней дні днів día días dia dias"
        " 일 天 日 يوم أيام",
        604_800: "w wk week weeks woche wochen semaine semaines hafta нед неделя недели недель неделю"
        " semana semanas тиждень тижні тижнів 주 周 週間 أسبوع أسابيع",
        2_629_746: "mo mos month months monat monate monaten mois mes meses ay мес месяц месяца месяцев місяць місяці"
        " місяців 개월 个月 個月 か月 ヶ月 شهر أشهر شهور",
        31_556_952: "y yr yrs year years jahr jahre jahren an ans año años ano anos yıl года лет рік роки років 년 年"
        " سنة سنوات عام أعوام",
    }
)
"""Seconds to the words for so long a time; of a month and a year the mean of the Gregorian calendar."""
YEAR_S = 31_556_952
YEARS_OR_HOURS = "год", "назад"
"""A Russian year ("1 год назад") and Ukrainian hours ("2 год тому"), and the word behind it that is Russian alone."""
AGO_BEHIND = ("ago", "назад", "тому", "전", "前", "önce")
AGO_BEFORE = ("vor", "il y a", "hace", "há", "قبل", "منذ")
TODAY = (
    "today", "сегодня", "сьогодні", "오늘", "今天", "今日", "heute", "aujourd'hui", "aujourd’hui", "hoy", "hoje",
    "oggi", "bugün", "اليوم",
)  # fmt: skip
YESTERDAY = (
    "yesterday", "вчера", "вчора", "учора", "어제", "昨天", "昨日", "gestern", "hier", "ayer", "ontem", "ieri", "dün",
    "أمس", "امس",
)  # fmt: skip
HERE = "hier"
"""Yesterday in French, and here in German and Dutch."""
DAY_BEFORE = ("before", "avant", "ante", "antes de", "altro", "أول", "اول", "أول من", "اول من")
"""What stands before yesterday and makes the day before of it."""
JUST_NOW = (
    "just now", "только что", "щойно", "방금", "刚刚", "剛剛", "たった今", "gerade eben", "à l'instant", "şimdi",
    "الآن",
)  # fmt: skip

JOINING = "at on um am à le de del a las los klo saat kl в о об од від время الساعة في عند uhr h по"
"""Words that may stand between a date and its time of day; divided by spaces."""
