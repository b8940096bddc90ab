"""Numbers of people in words -> in digits, up to 999: "thirty-four", "treinta y cuatro", "vierunddreißig".

No word that is something else in another of these languages ("once", "dos", "elf", "due"), and no one: "un muerto",
"one of the dead". Beside a digit a word is part of something else: "sept. 2022". A number of which only the end could
be read stays as it is: "two hundred" of "one thousand two hundred" would be another number.
"""

from __future__ import annotations

import re
from functools import cache

from ...model.text import alternatives, folded

# From two on; a dash stands for what is left out, a stroke parts forms of one number. English, Spanish, Portuguese,
# French, German, Italian; Russian, Ukrainian; Turkish.
_UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen",
    "- tres cuatro cinco seis siete ocho nueve diez - doce trece catorce quince dieciséis diecisiete dieciocho"
    " diecinueve",
    "dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis"
    " dezessete/dezassete dezoito dezenove/dezanove",
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
    "zwei drei vier fünf sechs sieben acht neun zehn - zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn"
    " neunzehn",
    "- tre quattro cinque - sette - nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto"
    " diciannove",
    "два/две/двое/двух три/трое/трёх/трех четыре/четверо пять/пятеро шесть/шестеро семь/семеро восемь девять десять"
    " одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
    "дві/двоє/двох троє/трьох чотири п'ять/п’ять шість сім вісім дев'ять/дев’ять десять одинадцять дванадцять"
    " тринадцять чотирнадцять п'ятнадцять/п’ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять/дев’ятнадцять",
    "iki üç dört beş altı yedi sekiz dokuz",
)
_TENS = (
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "vingt trente quarante cinquante soixante - quatre-vingt/quatre-vingts -",
    "zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "двадцять тридцять - п'ятдесят/п’ятдесят шістдесят сімдесят вісімдесят дев'яносто/дев’яносто",
    "yirmi otuz kırk elli altmış yetmiş seksen doksan",
)
_HUNDREDS = (
    "doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas"
    " seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas",
    "duzentos/duzentas trezentos/trezentas quatrocentos/quatrocentas quinhentos/quinhentas seiscentos/seiscentas"
    " setecentos/setecentas oitocentos/oitocentas novecentos/novecentas",
    "zweihundert dreihundert vierhundert fünfhundert sechshundert siebenhundert achthundert neunhundert",
    "duecento trecento quattrocento cinquecento seicento settecento ottocento novecento",
    "двести/двухсот триста/трёхсот/трехсот четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
    "двісті/двохсот триста/трьохсот чотириста п'ятсот/п’ятсот шістсот сімсот вісімсот дев'ятсот/дев’ятсот",
)
_HUNDRED = ("hundred", "cien", "ciento", "cento", "cent", "cents", "hundert", "сто", "yüz")
_ONE = ("one", "uno", "un", "eins", "один")
_AT = "".join(rf"(?<!\b{word} )" for word in ("at", "um", "las", "às", "в", "о", "saat"))
"""No time of day: "at five the first wounded arrived"."""
_MORE = (
    *("thousand", "mil", "mille", "mila", "tausend", "bin", "тысяча", "тысячи", "тысяч", "тисяча", "тисячі", "тисяч"),
    *("million", "millón", "millones", "millions", "milhão", "milhões", "миллион", "миллиона", "мільйон", "мільйона"),
)
"""What makes more than 999 of a number: "two thousand" is "2 thousand", "one thousand two hundred" stays as it is."""
_NO_HUNDRED = "".join(
    rf"(?<!\b{word} )"
    for word in (
        "several", "few", "many", "couple", "couple of", "half a", "per", "pour", "por", "mehrere", "einige", "paar",
        "plusieurs", "quelques", "birkaç", "несколько", "кілька", "декілька",
    )
)  # fmt: skip
"""Words that make more, or a share, of the hundred behind them: "several hundred", "forty per cent"."""
_JOINT = r"[ -](?:(?:and|y|e|et)[ -])?"


def in_digits(text: str) -> str:
    """The text with its numbers in words in digits; what is no such number stays as it is."""
    return _runs().sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    """A run of words in digits; as it is where they make no number: "five six"."""
    if more := _more().search(match[0]):
        head, end = match[0][: more.start()], match[0][more.start() :]
        return f"{in_digits(head)}{end}" if more.end() == len(match[0]) else match[0]
    total, least = 0, 1_000
    for word in _words().findall(folded(match[0])):
        value = _values()[word]
        if value == 100 and total < 10:
            total, least = 100 * max(total, 1), 100
        elif value < least:
            total += value
            least = 100 if value >= 100 else 10 if value >= 20 and value not in (60, 80) else 20 if value >= 20 else 1
        else:
            return match[0]
    return str(total)


@cache
def _values() -> dict[str, int]:
    below, tens, hundreds = _numbered(_UNITS, 2, 1), _numbered(_TENS, 20, 10), _numbered(_HUNDREDS, 200, 100)
    german, tens_behind = ("ein", *_UNITS[4].split()[:8]), _TENS[4].replace("/", " ").split()
    glued = {f"{one}und{ten}": tens[ten] + value for value, one in enumerate(german, 1) for ten in tens_behind}
    spanish = ("uno", "dós", "trés", "cuatro", "cinco", "séis", "siete", "ocho", "nueve")
    twenties = {f"veinti{one}": 20 + value for value, one in enumerate(spanish, 1)}
    # Not "on" alone, which is English.
    turkish = {f"on {one}": 10 + value for value, one in enumerate(("bir", *_UNITS[-1].split()), 1)} | {"yüz on": 110}
    found = {**below, **tens, **hundreds, **glued, **twenties, **turkish}
    found |= {**dict.fromkeys(_HUNDRED, 100), **dict.fromkeys(_ONE, 1)}
    return found | {folded(word): value for word, value in found.items()}  # dreißig is dreissig


def _numbered(rows: tuple[str, ...], first: int, step: int) -> dict[str, int]:
    """Each form of each word to its number: `first`, and `step` more for each word behind."""
    return {
        form: first + step * place
        for row in rows
        for place, word in enumerate(row.split())
        for form in word.split("/")
        if word != "-"
    }


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{alternatives(_values())})(?![^\W\d_])")


@cache
def _more() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{alternatives(_MORE)})(?![^\W\d_])", re.IGNORECASE)


@cache
def _runs() -> re.Pattern[str]:
    one, more = alternatives((*_values(), *_MORE)), alternatives(_MORE)
    alone = alternatives(word for word in _values() if word not in _ONE and word not in _HUNDRED)
    hundred = rf"{_NO_HUNDRED}(?:{alternatives(_HUNDRED)})(?![^\W\d_])"
    first = rf"(?:{alone}|(?:{alternatives(_ONE)})[ -](?:{alternatives(_HUNDRED)})|{hundred})"
    begins, goes_on = rf"(?:{more}|(?<!\d ){_AT}(?:{first}))", rf"(?:{_JOINT}(?:{one})(?![^\W\d_])){{0,8}}"
    return re.compile(rf"(?<![\w'’-]){begins}{goes_on}(?![\w'’]|-\w|\.? ?\d)", re.IGNORECASE)
