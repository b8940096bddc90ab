"""That somebody or something was not at a place: "no children were in the school" denies the children, not the school.

By marks of words alone: a negation of a noun, of "there is" or of "to be", and a preposition of place behind it. Where
an act of force, a fire or a flood was not there, the place counts: no strike on the hospital is of that hospital.
"""

from __future__ import annotations

import re
from functools import cache

_NOUNS = (
    r"no(?: one)?|nobody|none|neither"
    r"|kein\w*|niemand\w*|aucune?|nadie|ning[uú]n\w*|nenhum\w*|nessun\w*|geen|żad(?:en|n\w+)"
    r"|жод(?:ен|н\w+)"
)
"""Negations of a noun."""
_NOBODY = r"(?:no(?:body| one)|niemand(?:e[nm])?|nadie)(?!\w)"
_NONE_IS = (
    r"\b(?:(?:was|were|is|are)(?:n['’]t| not) any|pas d(?:e(?!\w)|(?=['’]))|n['’](?:y )?\w+ personne"
    r"|no (?:hay|había|habían|hubo|estab\w+|está\w*)|não (?:há|havia|houve|estava\w*|estão|está)"
    r"|non (?:c['’]\w+|ci son\w*|eran?o?|sono)|nie (?:ma|by(?:ł[aoy]?|li))|tidak ada"
    r"|не (?:был[аио]?|бул[аио]|находил\w+|перебувал\w+)|нет|нема[єе]?"
    r"|(?:لم [يت]كن|لا [يت]وجد|ليست?)(?: هناك)?)(?!\w)|없|(?:誰も|だれも)い(?:ない|なかった|ません)"
)
"""That there is none: English, French; Spanish, Portuguese, Italian; Polish, Indonesian; Russian, Ukrainian; Arabic;
Korean, Japanese.
"""
_BEHIND = "없"
"""Of these the one that stands behind what there is none of."""
_IS_NOT = (
    r"\b(?:(?:was|were|is|are|been)(?: not| never|n['’]t)|(?:war|waren|ist|sind) nicht|(?:est|sont|étai\w+) pas)"
    r"(?: (?:yet|there|noch|encore))?$"
)
_AT = (
    r"\b(?:in|at|on|inside|near|around|within|outside|beside|behind|under|between|im|am|auf|bei|beim|dans|à|au|aux|sur"
    r"|zu(?= hause)|près|en|cerca|em|na|nas|nos|nel(?:l[ao])?|nell(?=['’])|nei|w|op|di"
    r"|estavam? nos?|al|allo|alla|a(?= (?:casa|scuola))|في|داخل)(?![^\W\d_])"
)
_AT_ONE = r"\b(?:в|во|на|у|под|над|около|возле|внутри|біля|поблизу|під|всередині)\s+(?:(?:эт|цьо|цій|ц[іе])\w*\s+)?\w+"
"""With the word behind it: in Russian and Ukrainian what was not there may stand behind the place."""
_KOREAN_AT = r"(?<!\S)\S{1,30}(?:에|에는|에도|에서|에서는)(?=\s|$)"
_EVENT = (
    r"\b(?:attack|shell(?:ed|ing|s)|bomb|blast|str(?:ike|uck)|raid|hit\b|explo|shoot|fire|damage|clash|protest|leak|crash|accident"
    r"|derail|demoli|fight|battl|combat|flood|quake|landslid|вторж|авари|аварі|бо(?:й|я|и|ї|[её]в|їв)(?!\w)|наводнен|потоп|затоп|пов[іе]н|землетр"
    r"|kampf|kämpf|überschwemm|hochwasser|erdbeben|inond|inund|séisme|terremot|atak|ostrzał|walk[ia]?(?!\w)|powód"
    r"|атак|обстр|удар|взрыв|вибух|пожар|пожеж|поврежд|пошкод|attaqu|attent|bombard|frapp|explos|incend|dég[âa]t|atac|ataq"
    r"|atent|daño|dano|angriff|beschuss|brand\b|schäd|attacc|wybuch|pożar|nalot|هجوم|قصف|انفجار|حريق|ضرب)"
)


def absent(clause: str, match: re.Match[str]) -> str | None:
    """What a clause says was not at a place, without the place; "" where it is nobody, None of every other clause.

    `match`: the negation in the clause.
    """
    before, behind = clause[: match.end()], clause[match.end() :]
    found = _compiled(_IS_NOT).search(before)
    if found and before[: found.start()].strip() and _compiled(_AT).match(behind.lstrip()):
        return before[: found.start()]
    none_is = next((one for one in _compiled(_NONE_IS).finditer(clause) if one.end() >= match.end()), None)
    if none_is is not None:
        before, behind = clause[: none_is.start()], clause[none_is.end() :]
    elif not _compiled(_NOUNS).fullmatch(match[0]):
        return None
    kept = _without_place(behind)
    if none_is is not None and (none_is[0] == _BEHIND or not re.search(r"\w", kept)):
        kept = _without_place(before)
    placed = len(kept) < len(behind) or none_is is not None
    return kept if placed and not _compiled(_EVENT).search(kept) else None


def done_by_nobody(clause: str, match: re.Match[str]) -> str | None:
    """What a clause says behind a negation of anybody at all; None where its negation, `match`, is another."""
    nobody = _compiled(_NOBODY).match(clause, match.start())
    return clause[nobody.end() :] if nobody else None


def _without_place(text: str) -> str:
    text = _compiled(_AT_ONE).sub(" ", _compiled(_KOREAN_AT).sub(" ", text))
    at = _compiled(_AT).search(text)
    return text[: at.start()] if at else text


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
