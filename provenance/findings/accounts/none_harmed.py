"""That an account counts none: "no casualties", "nobody was killed"; by language, in small patterns for `re`."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

_PHRASES = (
    r"no (?:\w+ )?(?:casualties|victims|deaths|fatalities|injuries)",
    r"(?:no ?one|nobody|none) (?:was |were |is |has been )?(?:killed|hurt|injured|wounded|died)",
    r"(?:жертв|погибших|пострадавших|раненых|загиблих|постраждалих)(?: и \w+)? (?:нет|не было|немає)",
    r"(?:нет|без|немає) (?:жертв|погибших|пострадавших|загиблих|постраждалих)",
    r"никто не (?:погиб|пострадал)|ніхто не (?:загинув|постраждав)",
    r"keine (?:Toten|Verletzten|Opfer)|niemand wurde (?:verletzt|getötet)",
    r"(?:aucune?|pas de) (?:victimes?|morts?|blessés?)",
    r"(?:no hubo|sin) (?:víctimas|muertos|heridos)",
    r"not (?:a|one) (?:single )?(?:local )?(?:person|soul|civilian|resident|inhabitant|villager|passenger)"
    r" (?:was |were |is |has been )?(?:killed|hurt|injured|wounded|harmed|died)",
    r"ни один (?:местный )?(?:человек|житель|мирный житель|гражданин|пассажир) не (?:погиб|пострадал)",
    r"жод(?:ен|на) (?:людина|житель|мешканець|цивільний|пасажир) не (?:загину|постражда)(?:в|ла)",
    r"[وف]?لم (?:يُ?قتل|يُ?صب|يسقط) (?:أحد|أي (?:مدني|شخص))",
    r"niemand (?:kam ums Leben|starb|ist gestorben|ist tot)",
    r"personne n['’](?:a été|est|était) (?:tuée?|morte?|blessée?)",
    r"nadie (?:murió|falleció|resultó (?:muerto|herido))",
    r"ninguém (?:morreu|ficou ferido|se feriu)|(?:não houve|sem) (?:vítimas|mortos|feridos)",
    r"nessun[oa]? (?:vittima|mort[oa]|ferit[oa]|è morto|è rimasto ferito)",
    r"non ci sono (?:stat[ie] )?(?:vittime|morti|feriti)",
    r"nikt nie (?:zginął|został (?:ranny|zabity)|ucierpiał)|nie ma (?:ofiar|zabitych|rannych)",
    r"geen (?:doden|gewonden|slachtoffers)|niemand (?:is|werd|raakte) (?:gedood|gewond|omgekomen)",
    r"kimse (?:ölmedi|yaralanmadı|hayatını kaybetmedi)|(?:ölen|yaralanan|ölü|yaralı|can kaybı) (?:yok|olmadı)",
    r"tidak ada (?:korban(?: (?:jiwa|tewas|luka))?|yang (?:tewas|meninggal|terluka))",
    r"không (?:có )?(?:ai|người nào) (?:chết|thiệt mạng|bị thương)|không có thương vong",
)
"""By language: English, twice; Russian and Ukrainian, thrice; German; French; Spanish; English; Russian;
Ukrainian; Arabic. That no soldier died counts nobody else: of the last four only words for anybody. Again German,
French, Spanish; Portuguese, Italian twice, Polish, Dutch, Turkish, Indonesian, Vietnamese.
"""
_IN_A_ROW = (
    r"(?:没有|沒有|未|并未|並未|无)(?:造成|出现|出現|导致|導致)?(?:任何)?(?:人员|人員)?(?:伤亡|傷亡|死亡|死伤|死傷|遇难|遇難|受伤|受傷)",
    r"(?:无人|無人|没有人|沒有人)(?:员|員)?(?:伤亡|傷亡|死亡|受伤|受傷|遇难|遇難)",
    r"(?:인명 ?피해|사상자|사망자|희생자|부상자|다친 사람|숨진 사람)(?:는|가|은|이|도)? ?없",
    r"(?:死者|死傷者|けが人|負傷者|犠牲者)(?:は|も|が)?(?:い(?:ない|なかった|ません)|出ていない|なし)",
)
"""The same in languages whose words stand in a row: Chinese, twice; Korean; Japanese."""
NONE_HARMED = "|".join(_PHRASES)
NONE_HARMED_IN_A_ROW = "|".join(_IN_A_ROW)
"""What an account says that counts none, for `re` where letters are alike in both cases."""
_ALONE = {
    "dead": re.compile(
        r"death|fatal|killed|died|погиб|загиб|toten|getötet|mort|muert|загину|قتل|ums Leben|starb|gestorben|tuée?|murió"
        r"|falleció|morreu|zgin|zabit|doden|gedood|omgekomen|öl(?:medi|en|ü)|kaybetmedi|can kaybı|jiwa|tewas|meninggal"
        r"|chết|thiệt mạng|(?<!伤)死亡|遇[难難]|사망|숨진|희생|死者|犠牲",
        re.IGNORECASE,
    ),
    "hurt": re.compile(
        r"injur|hurt|wound|ранен|verletzt|blessé|herid|يُ?صب|ferid|ferit|ranny|gewond|yaralan|yaralı|luka|bị thương"
        r"|受[伤傷]|부상자|다친|けが|負傷",
        re.IGNORECASE,
    ),
}
"""Words in a phrase of these that make it speak of the dead alone, or of the injured."""


def without_none(text: str) -> str:
    """The text without what it says of none, so that only counts of somebody are left."""
    return _none().sub(" ", text)


def says_none(text: str, what: Literal["dead", "hurt"]) -> bool:
    """Whether it says that none is dead, or hurt; "no casualties" says both."""
    other = _ALONE["hurt" if what == "dead" else "dead"]
    return any(not other.search(match[0]) for match in _none().finditer(text))


@cache
def _none() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{NONE_HARMED})\b|{NONE_HARMED_IN_A_ROW}", re.IGNORECASE)
