"""An inflected name -> the forms it may come from. Forms are tried against the data, so too many do no harm there.

Russian and Ukrainian by their case endings (A. A. Zaliznyak, Grammaticheskij slovar' russkogo yazyka, 1977, classes
of place names; Ukrainian orthography 2019, sections 71-100), Korean by its particles, English and Turkish by what
stands behind an apostrophe, Chinese by the words for city and county. No dictionary of words is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .keys import Script, fold, script_of
from .table import table

# Ending of a noun in some case -> endings of the name itself. "" alone strips.
_NOUN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # masculine: Курск-а, -у, -ом, -е; Ярославл-я, -ю, -ем, -е; Донецьк-а; neuter: Коренев-а, -у, -ом, -е
        "а": ("", "о", "ы", "и"),
        "у": ("", "о", "а", "у"),
        "ом": ("", "о"),
        "ем": ("ь", "й", "е", "я", "о", ""),
        "е": ("", "а", "о", "ь", "й", "я"),
        "я": ("ь", "й", "е", "о"),
        "ю": ("ь", "й", "я", "е"),
        # feminine: Москв-ы, -е, -у, -ой; Суджи, -у, -ей; Казан-и, -ью; Сири-и, -ю, -ей
        "ы": ("а",),
        "и": ("а", "я", "ь", "о", "е", "і", "й"),
        "ой": ("а",),
        "ою": ("а",),
        "ей": ("а", "я", "и"),
        "ею": ("а", "я"),
        "ью": ("ь",),
        # plural: Сум-, Сум-ам, -ами, -ах; Черновц-ов, -ам, -ах; Бровар-ів, -ам, -ах
        "ов": ("ы", "и", "а"),
        "ев": ("ы", "и"),
        "ам": ("ы", "и", "а"),
        "ами": ("ы", "и", "а"),
        "ах": ("ы", "и", "а"),
        "ям": ("и", "і", "ы"),
        "ями": ("и", "і"),
        "ях": ("и", "і"),
        "ів": ("и", "і"),
        "їв": ("ї",),
        # Ukrainian: Харків -> Харков-а, -у, -ові, -і; Львів, Київ; Полтав-і; Авдіївц-і; Тернопол-я; Запоріжж-і, -ям
        "ова": ("ів",),
        "ову": ("ів",),
        "ові": ("ів", "", "о"),
        "овом": ("ів",),
        "ева": ("ів", "їв"),
        "еву": ("ів", "їв"),
        "еві": ("ів", "їв"),
        "євом": ("їв",),
        "єва": ("їв",),
        "єву": ("їв",),
        "єві": ("їв", "й", "ь"),
        "евом": ("ів",),
        "і": ("", "а", "о", "ь", "я", "е"),
        "ці": ("ка", "ко", "ць"),
        "зі": ("га", "г"),
        "сі": ("ха",),
        "ї": ("я", "й"),
        "єю": ("я",),
        "єм": ("й",),
        "поля": ("піль",),
        "полю": ("піль",),
        "полі": ("піль",),
        "полем": ("піль",),
        "рога": ("ріг",),
        "рогу": ("ріг",),
        "розі": ("ріг",),
        "рогом": ("ріг",),
        # fleeting vowels: Орл-а, Ельц-а, Городк-а
        "рла": ("рел",),
        "рлу": ("рел",),
        "рле": ("рел",),
        "рлом": ("рел",),
        "ьца": ("ец",),
        "ьцу": ("ец",),
        "ьце": ("ец",),
        "ьцом": ("ец",),
        "ца": ("ец", "ець"),
        "цу": ("ец",),
        "це": ("ец", "ца"),
        "цем": ("ец", "ець"),
        "цом": ("ец",),
        "цы": ("ца",),
        "ця": ("ець", "ьце"),
        "цю": ("ець",),
        "ка": ("ок", "ек"),
        "ку": ("ок", "ек"),
        "ке": ("ок", "ек"),
        "ком": ("ок", "ек"),
        "кви": ("ковь",),
        "ені": ("інь",),
        "еня": ("інь",),
        "еню": ("інь",),
        "енем": ("інь",),
        "ек": ("йки", "ьки", "ки"),
        "ок": ("ки",),
        "ні": ("ень",),
        "ня": ("ень",),
        # adjectives as names: Грозн-ого, -ом; Бел-ой, -ую; Рівн-ого, -ому; Нижн-его, -ем; Набережн-ых
        "ого": ("ый", "ий", "ой", "ое", "е", "ій"),
        "ому": ("ый", "ий", "ой", "ое", "е", "ій"),
        "ым": ("ый", "ой", "ое", "о", ""),
        "им": ("ий", "ий", "е", "ый", "ой", "ое"),
        "его": ("ий", "ее"),
        "ему": ("ий", "ее"),
        "ых": ("ые",),
        "их": ("ие", "і"),
        "ыми": ("ые",),
        "ими": ("ие", "і"),
        "ую": ("ая",),
        "ной": ("ная",),
        "лой": ("лая",),
        "кой": ("кая",),
        "ской": ("ская",),
        "ій": ("а", "я"),
        "ої": ("а",),
    }
)
# What the first words of a name may end in: adjectives agree with the noun (Новом Осколе, Белой Церкви, Кривого Рогу).
_ADJECTIVE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ого": ("ый", "ий", "ой", "ое", "е"),
        "ому": ("ый", "ий", "ой", "ое", "е"),
        "ом": ("ый", "ий", "ой", "ое"),
        "ым": ("ый", "ой", "ое"),
        "им": ("ий", "ое", "ие", "ый", "е"),
        "его": ("ий", "ее"),
        "ему": ("ий", "ее"),
        "ем": ("ий", "ее"),
        "ой": ("ая",),
        "ую": ("ая",),
        "ей": ("яя",),
        "юю": ("яя",),
        "ых": ("ые",),
        "их": ("ие", "і"),
        "ыми": ("ые",),
        "ими": ("ие", "і"),
        "ої": ("а",),
        "ій": ("а", "ій"),
        "у": ("а",),
        "ою": ("а",),
        "ового": ("ів",),
        "овому": ("ів",),
        "овим": ("ів",),
        "ьої": ("я",),
        "ьому": ("ій", "є"),
        "ього": ("ій", "є"),
    }
)
_LONGEST_ENDING = 5
_AFTER_NOUNS = """
에서 에 의 은 는 이 가 로 으로 을 를 와 과 부터 까지 도 만 에서는 에서도 에서의 에는 에도 에서부터 으로부터
로부터 까지의 으로의 로의 이나 나 이라는 라는 이라고 라고 에게 께 보다 처럼 이며 이고 인근 근처 이다 입니다
"""
_PARTICLES = tuple(sorted(f"{_AFTER_NOUNS}".split(), key=len, reverse=True))
_KOREAN_UNITS = ("시", "군", "구", "읍", "리", "동")
_CHINESE_UNITS = ("市", "县", "縣", "区", "區", "镇", "鎮", "城", "州")
# Two words to inflect at most; the others of a name are its fixed tail (на Дону) or further adjectives.
_MOST_WORDS = 4
_MOST_FORMS = 24


def base_forms(name: str) -> tuple[str, ...]:
    """Folded forms that the name may be an inflection of, most likely first; not itself, at most some dozens."""
    script = script_of(name)
    if script is Script.CYRILLIC:
        forms = _slavic(fold(name).split())
    elif script is Script.HANGUL:
        forms = korean(fold(name))
    elif script is Script.HAN:
        forms = _chinese(fold(name))
    elif script is Script.LATIN:
        forms = _apostrophe(name)
    else:
        forms = ()
    return tuple(dict.fromkeys(form for form in forms if form))


def _slavic(words: list[str]) -> tuple[str, ...]:
    if not 1 <= len(words) <= _MOST_WORDS:
        return ()
    if len(words) == 1:
        return slavic_word(words[0])
    data, starts = table(), [""]
    for position, word in enumerate(words):
        last = position == len(words) - 1
        forms = [word, *slavic_word(word), *_endings(word, _ADJECTIVE)] if last else [word, *_endings(word, _ADJECTIVE)]
        forms += [] if last or position else slavic_word(word)  # Ростове-на-Дону: the first word is the noun
        grown = [f"{start} {form}".strip() for start in starts for form in dict.fromkeys(forms)]
        starts = grown if last else [start for start in grown if data.begins(f"{start} ")][:_MOST_FORMS]
    return tuple(starts)


def slavic_word(word: str) -> tuple[str, ...]:
    """Nominatives that a folded Russian or Ukrainian word may come from."""
    return _endings(word, _NOUN)


def _endings(word: str, rules: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found = []
    for length in range(min(_LONGEST_ENDING, len(word) - 1), 0, -1):
        stem, ending = word[:-length], word[-length:]
        found += [stem + other for other in rules.get(ending, ()) if other != ending and len(stem + other) > 1]
    if rules is _NOUN and len(word) >= 3 and word[-1] not in "аеиоуыяюіїєйь":
        found += [word + "ы", word + "а", word + "и", word + "о"]  # genitives without an ending: Сум, Черновец
    return tuple(found)


def korean(word: str) -> tuple[str, ...]:
    """A word without its particle or two (까지는), the longest first, and without the word for its kind of town."""
    found = _without_particle(word)
    found += [form for one in found for form in _without_particle(one)]
    return tuple(found + [form[:-1] for form in (word, *found) if len(form) > 2 and form.endswith(_KOREAN_UNITS)])


def _without_particle(word: str) -> list[str]:
    return [word[: -len(one)] for one in _PARTICLES if word.endswith(one) and len(word) - len(one) > 1]


def _chinese(word: str) -> tuple[str, ...]:
    if len(word) > 2 and word.endswith(_CHINESE_UNITS):
        return (word[:-1],)
    return tuple(word + unit for unit in _CHINESE_UNITS[:3]) if len(word) >= 2 else ()


_WINDS = frozenset(("nord", "sud", "ost", "west", "est", "ouest", "north", "south", "east"))


def _apostrophe(name: str) -> tuple[str, ...]:
    """What stands before an apostrophe: Kursk's, İstanbul'da; before a hyphen: Kursk-based; of a plural: Athens'.
    A wind is none: Nord-Irak is no Nord.
    """
    found = []
    for mark in ("'", "’", "-", "–"):
        before, at, behind = name.rpartition(mark)
        if at and " " not in behind and len(fold(before)) > 2 and fold(before) not in _WINDS:
            found.append(fold(before))
    return tuple(found)
