"""Accounts of the event: they move no verdict about the picture, yet a desk wants to see where they part.

No reading of meaning: two accounts count as opposed when one of them negates and the other does not, when their counts
of the dead or the injured exclude each other, or when each lays an act of force at the other's door. Those are coarse
marks, so the sentence says no more than that, and a pair recorded under `contradicts` needs no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from unicodedata import normalize

from ..model.evidence import About, Claim, Evidence, Lead, LeadKind
from ..model.finding import Conflict
from ..model.origin import root_among
from ..model.place import Place
from ..placetime.stated import distances
from .blame import blame_each_other
from .elsewhere import elsewhere, settlements
from .none_harmed import NONE_HARMED
from .texts import looked_through
from .tolls import counts_harm, counts_part
from .wording import cited, name

_WORDS = (
    r"not|no|nobody|nothing|nowhere|never|none|neither|nor|without|cannot|\w+n['’]t|den(?:y|ies|ied|ial)|refut\w*"
    r"|reject\w*"
    r"|disput\w*|dismiss\w*|false|untrue|wrong|incorrect|fak(?:es?|ed|ing)|fabricat\w*|hoax|baseless|unfounded"
    r"|groundless|debunk\w*"
    r"|(?:scene|attack|photo|picture|image|video|footage|massacre|it|incident)s? (?:was|is|were|are|has been)"
    r" staged(?! from)",
    r"не|нет|ни|никогда|отрица\w+|отверг\w*|опроверг\w*|ложь|ложн\w*|фейк\w*|вымы\w+|постановочн\w*|инсценир\w*"
    r"|інсцен\w*|ні|немає|ніколи|запереч\w*|спростов\w*"
    r"|спросту\w*|вигад\w*|неправд\w*",
    r"nicht|kein\w*|niemals|dementier\w*|bestreite\w*|bestritt\w*|widerleg\w*|falsch\w*|inszenier\w*",
    r"pas|aucune?|jamais|dément\w*|nie|nient|réfut\w*|faux|fausses?|mise en scène|mis en scène",
    r"nunca|jamás|ning[uú]n\w*|niega\w*|negó|desmient\w*|desmint\w*|fals[oa]s?|não|nenhum\w*|negou",
    r"non(?!-)|nessun\w*|smenti\w*|nega|negano|niet|geen|ontken\w*|żad(?:en|n\w+)|nigdy|zaprzecz\w*|dementuj\w*",
    r"tidak|bukan(?:lah)?|belum|tanpa|(?:mem)?bantah\w*|hoaks|palsu|không|bác bỏ|δεν|όχι|διαψεύδ\w*|διέψευσ\w*",
    r"değil\w*|yok|yalanla\w*|reddet\w*|نف[ىت]|[يت]نفي|لا|لم|لن|ليست?|كاذب\w*|مفبرك\w*|تکذیب|نیست|نشده|לא|אין|הכחיש\w*|מכחיש\w*",
)
"""By language: English; Russian, Ukrainian; German; French; Spanish, Portuguese; Italian, Dutch, Polish; Indonesian,
Vietnamese, Greek; Turkish, Arabic, Persian, Hebrew. A word that means something else in another of them is left out
(Italian "mai", German "Mai").
"""
_UNSPACED = (
    "아니|않|없|못|부인|否认|否認|没有|沒有|不是|并非|並非|并未|並未|不实|不實|不属实|谣言|謠言"
    "|नहीं|खंडन|झूठ|फर्जी|फ़र्जी|ग़लत|गलत|इनकार|نہیں|تردید|অস্বীকার|মিথ্যা|ভুয়া|ไม่|ปฏิเสธ"
    "|ではない|ていない|なかった|ません|否定|虚偽|デマ"
)
"""Korean, Chinese; Hindi, Urdu, Bengali, Thai; Japanese: found inside words, for `re` sees no words there."""
_NEGATION = rf"\b(?:{'|'.join(_WORDS)})\b|{_UNSPACED}"
# The words of a denial where nothing is denied: "not only", "no fewer than 12", "could not be confirmed"; that
# nobody was hurt is a count of none.
_NO_DENIAL = (
    r"\b(?:not (?:only|just|least)|(?:no|not) (?:fewer|less|more|later|earlier) than|no doubt"
    r"|(?:is|was|are|were|it['’]s)(?: not|n['’]t) (?:yet |immediately )?(?:clear|known)"
    r"|(?:could|can)(?: not|not|n['’]t) (?:be |yet |immediately |independently )*(?:verif\w+|confirm\w*)"
    r"|(?:has|have)(?: not|n['’]t) (?:yet |been |independently )*(?:verif\w+|confirmed)"
    r"|without (?:power|water|electricity|heating|gas|warning|shelter|homes?)"
    r"|не (?:только|менее|меньше|более|позднее|исключено)|не (?:лише|тільки|менше|більше|пізніше)|пока (?:не"
    r"|ни)(?:известно|ясно)"
    r"|не удалось (?:проверить|подтвердить)|не вдалося (?:перевірити|підтвердити)"
    r"|nicht (?:nur|weniger als|mehr als|unabhängig)|non seulement|pas moins de|no (?:sólo|solo|menos de|más de)"
    r"|não (?:só|apenas|menos de)|non (?:solo|meno di)|niet alleen|nie tylko|tidak hanya|không chỉ"
    rf"|{NONE_HARMED}"
    r"|לא (?:רק|פחות)|ليس فقط|لا يقل عن)\b"
    r"|不仅|不僅|뿐(?:만)? 아니라|못지않|ไม่เพียง|ไม่น้อยกว่า"
)
MOST_ACCOUNTS = 40
_NEGATION_CHARS = 20_000
"""Characters of an account in which a negation is looked for."""


def speaks_of_event(item: Evidence) -> bool:
    """Whether an item is about the event and not about the picture."""
    return (isinstance(item, Lead) and item.lead is LeadKind.CONTEXT) or (
        isinstance(item, Claim) and not item.tested and item.about is About.EVENT
    )


def opposed_accounts(items: Sequence[Evidence]) -> Iterator[Conflict]:
    """Pairs of accounts of different origins that bear one of the marks."""
    accounts = (item for item in items if isinstance(item, Claim | Lead) and speaks_of_event(item))
    telling = (item for item, _ in looked_through(accounts, bool) if _tells_it(item))
    read = [_read(item) for item in islice(telling, MOST_ACCOUNTS)]
    root_of = root_among(items)
    for one, other in combinations(read, 2):
        first, second = one.item, other.item
        if root_of(first) != root_of(second) and _opposed(one, other):
            text = (
                f"{name(first)} and {name(second)} seem to disagree about the event; this moves no verdict about "
                "the picture."
            )
            yield Conflict(first=first.id, second=second.id, text=cited(text, first, second).text, about="event")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    item: Claim | Lead
    negates: bool
    settlements: tuple[Place, ...]


def _read(item: Claim | Lead) -> _Account:
    return _Account(item=item, negates=_negates(item.quote), settlements=settlements(item.quote))


def _tells_it(item: Claim | Lead) -> bool:
    """Whether it tells of what happened: how far two places lie apart is no event, unless people were harmed there."""
    apart = item.distance is not None or any(one.distance.start for one in distances(item.quote))
    return bool(item.quote) and (not apart or counts_harm(item.quote))


def _opposed(one: _Account, other: _Account) -> bool:
    first, second = one.item, other.item
    if one.negates != other.negates:
        return True
    told = counts_part(first.quote, second.quote) or blame_each_other(first.by, first.quote, second.by, second.quote)
    return told and not elsewhere(one.settlements, other.settlements)


def _negates(text: str) -> bool:
    said = re.sub(_NO_DENIAL, " ", normalize("NFC", text[:_NEGATION_CHARS]), flags=re.IGNORECASE)
    return re.search(_NEGATION, said, re.IGNORECASE) is not None
