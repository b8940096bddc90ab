"""States that exclude each other, as accounts tell of them, by language, for `re`; opposites.py reads them.

A pair more is an entry more, a language more a line in each. In English a state stands behind a form of "to be": "was
closed", for "closed" alone may be what somebody did. What becomes another with time in the plain course of things
(arrested, then released) is no pair.
"""

from __future__ import annotations

import re

UNSPACED = frozenset(("han", "hangul"))
"""Scripts in which a word is found inside of others."""
_BE = (
    r"(?:is|was|are|were|be|been|remain(?:s|ed)?|stay(?:s|ed)?|stands?|stood)"
    r"(?: \w+ly| now| still| again| all| in fact){0,2}"
)
_PEOPLE = (
    r"(?:\w+ )?(?:people|patients|children|civilians|passengers|visitors|refugees|residents|families|worshippers"
    r"|shoppers|tourists|guests|pupils|students|wounded|soldiers|prisoners)\b"
)

STATES: tuple[tuple[dict[str, str], dict[str, str]], ...] = (
    (
        {
            "en": rf"{_BE} (?:open|operating)(?! (?:fire|to (?:question|doubt|debate)))",
            "cyrillic": r"(?:открыт[аоы]?|відкрит(?:ий|а|е|і|о))"
            r"(?!\s+(?:огонь|вогонь|стрельб|стрілянин|дел[оа]|справ|уголовн|кримінальн))"
            r"|відчинен\w+",
            "de": r"geöffnet|offen",
            "fr": r"ouverte?s?",
            "es": r"abiert[oa]s?",
            "pt": r"abert[oa]s?",
            "it": r"apert[oaie]",
            "pl": r"otwart[yae]",
            "tr": r"açık|açıktı",
            "arabic": r"مفتوح(?:ة|ا)?",
            "hangul": r"열려 ?있|개방|정상 운영",
            "han": r"开放|開放|开着|開著",
        },
        {
            "en": rf"{_BE} (?:closed|shut|sealed off)",
            "cyrillic": r"закрыт[аоы]?|закрит(?:ий|а|е|і|о)|зачинен\w+|перекрыт[аоы]?|перекрит\w+",
            "de": r"geschlossen|gesperrt",
            "fr": r"fermée?s?",
            "es": r"cerrad[oa]s?",
            "pt": r"fechad[oa]s?",
            "it": r"chius[oaie]",
            "pl": r"zamknięt[yae]",
            "tr": r"kapalı|kapalıydı|kapatıldı",
            "arabic": r"مغلق(?:ة|ا)?",
            "hangul": r"닫혀 ?있|닫혔|폐쇄",
            "han": r"关闭|關閉|封闭|封閉",
        },
    ),
    (
        {
            "en": rf"{_BE} (?:empty|deserted|vacant|unoccupied)",
            "cyrillic": r"пуст(?:ой|ая|ое|ые|ым|а|о|ы|ует|овал[аои]?)?|порожн\w+|спорожніл\w+",
            "de": r"leer|unbewohnt|menschenleer",
            "fr": r"vides?|déserte?s?|inoccupée?s?",
            "es": r"vac[ií][oa]s?|desiert[oa]s?",
            "pt": r"vazi[oa]s?|desert[oa]s?",
            "it": r"vuot[oaie]|desert[oaie]",
            "pl": r"pust[yae]|opustoszał\w+",
            "tr": r"boş|boştu",
            "arabic": r"فارغ(?:ة|ا)?|خالي(?:ة|ا)?",
            "hangul": r"비어 ?있|텅 비",
            "han": r"空无一人|空無一人|空着|空的",
        },
        {
            "en": rf"{_BE} (?:(?:full|packed|overflowing)(?! (?:of|with) (?!{_PEOPLE}))|crowded|overcrowded)"
            r"|there were (?:children|patients|people|civilians)",
            "cyrillic": r"(?:полон(?= людей)|полн[аоы]|(?:за|пере)полнен\w*|повн(?:ий|а|е|і)|(?:за|пере)повнен\w*)"
            r"(?!\s+(?:дым|дим|вод|вопрос|питань|газ))"
            r"|(?:были|находились) (?:люди|дети|пациенты)|були (?:люди|діти|пацієнти)",
            "de": r"voll|voller|überfüllt",
            "fr": r"pleine?s?|bondée?s?",
            "es": r"llen[oa]s?|abarrotad[oa]s?",
            "pt": r"chei[oa]s?|lotad[oa]s?",
            "it": r"pien[oaie]|affollat[oaie]",
            "pl": r"pełn[yae]|przepełnion\w+",
            "tr": r"dolu|doluydu",
            "arabic": r"مكتظ(?:ة|ا)?|ممتلئ(?:ة|ا)?|مليئ(?:ة|ا)?",
            "hangul": r"가득|붐볐|꽉 찼",
            "han": r"挤满|擠滿|住满|住滿|爆满|爆滿",
        },
    ),
    (
        {
            "en": rf"{_BE} (?:destroyed|demolished|levelled|leveled|flattened|in ruins|blown up)"
            r"|(?:has |have |had )?collapsed",
            "cyrillic": r"разрушен[аоы]?|уничтожен[аоы]?|взорван[аоы]?|рухнул[аои]?|обрушил(?:ся|ась|ось|ись)"
            r"|зруйнован\w*|знищен\w*|підірван\w*|обвалил\w+|обвалився",
            "de": r"zerstört|eingestürzt|gesprengt",
            "fr": r"détruite?s?|effondrée?s?|rasée?s?",
            "es": r"destruid[oa]s?|derrumbad[oa]s?|derribad[oa]s?",
            "pt": r"destruíd[oa]s?|desabou|desabaram",
            "it": r"distrutt[oaie]|crollat[oaie]",
            "pl": r"zniszczon\w+|zawalił\w*|wysadzon\w+",
            "tr": r"yıkıldı|yıkılmış|yok edildi|imha edildi|çöktü",
            "arabic": r"دُ?مر(?:ت|وا)?|دُمّر(?:ت)?|مدمر(?:ة|ا)?|انهار(?:ت)?",
            "hangul": r"파괴|무너|붕괴|폭파",
            "han": r"炸毁|炸毀|摧毁|摧毀|被毁|被毀|倒塌|坍塌",
        },
        {
            "en": rf"{_BE} (?:intact|undamaged|unharmed|unscathed|standing|whole)|still (?:stands?|standing)",
            "cyrillic": r"цел[аоы]?|невредим\w*|уцелел[аои]?|ціл(?:ий|а|е|і)(?=\s*$|\s(?:і|й|та)\s)"
            r"|неушкоджен\w*|вцілі\w*|уцілі\w*",
            "de": r"intakt|unversehrt|unbeschädigt|steht noch|noch steht",
            "fr": r"intacte?s?|indemnes?|toujours debout",
            "es": r"intact[oa]s?|sigue[n]? en pie|ileso?s?",
            "pt": r"intact[oa]s?|intat[oa]s?|de pé",
            "it": r"intatt[oaie]|ancora in piedi",
            "pl": r"nienaruszon\w+|nieuszkodzon\w+|jest cał[yae]|są całe|stoi nadal|nadal stoi",
            "tr": r"ayakta|sağlam|hasarsız",
            "arabic": r"سليم(?:ة|ا)?|لا يزال قائما|ما زال قائما",
            "hangul": r"멀쩡|온전|건재",
            "han": r"完好|安然无恙|安然無恙",
        },
    ),
    (
        {
            "en": r"(?:has |have |had |was |were )?(?:sank|sunk)|went down",
            "cyrillic": r"затонул[аои]?|потоплен[аоы]?|затонув|затонул[аои]|потоплен\w*",
            "de": r"gesunken|versenkt|sank",
            "fr": r"coulée?s?|sombré",
            "es": r"hundid[oa]s?|hundió|hundieron",
            "pt": r"afundou|afundad[oa]s?|afundaram",
            "it": r"affondat[oaie]",
            "pl": r"zatonął|zatonęł[ao]|zatopion\w+",
            "tr": r"battı|batırıldı",
            "arabic": r"غرق(?:ت)?",
            "hangul": r"침몰|가라앉",
            "han": r"沉没|沉沒|击沉|擊沉",
        },
        {
            "en": r"afloat",
            "cyrillic": r"на плаву|на воді",
            "de": r"schwimmt|schwimmfähig",
            "fr": r"à flot",
            "es": r"a flote",
            "pt": r"a flutuar|flutua|flutuando",
            "it": r"a galla",
            "pl": r"na wodzie|unosi się",
            "tr": r"su üstünde|yüzüyor",
            "arabic": r"طافي(?:ة|ا)?|عائم(?:ة|ا)?",
            "hangul": r"떠 ?있",
            "han": r"漂浮",
        },
    ),
    (
        {
            "en": rf"{_BE} alive",
            "cyrillic": r"жив[аы]?|живий|живі",
            "de": r"lebt(?= noch|\s*$)|am Leben",
            "fr": r"vivante?s?|en vie",
            "es": r"(?<!en )viv[oa]s?(?! en)|con vida",
            "pt": r"(?<!ao )viv[oa]s?|com vida",
            "it": r"(?<!dal )viv[oai]|in vita",
            "pl": r"ży(?:je|ją)(?=\s*$)|żyw[yae]",
            "tr": r"hayatta",
            "arabic": r"على قيد الحياة",
            "hangul": r"살아 ?있|생존해",
            "han": r"活着|活著|还活|還活|健在",
        },
        {
            "en": r"(?:is|was|been|are|were) (?:\w+ly )?(?:killed|dead|murdered|executed)|(?:has |had |have )?died",
            "cyrillic": r"погиб(?:ла|ли)?|убит[аы]?|умер(?:ла|ли)?|мертв[аы]?|мёртв"
            r"|загину(?:в|ла|ли)|вбит\w+|помер(?:ла|ли)?",
            "de": r"tot|getötet|gestorben|starb|ums Leben gekommen",
            "fr": r"morte?s?|tuée?s?|décédée?s?",
            "es": r"muert[oa]s?|murió|falleció|asesinad[oa]s?",
            "pt": r"mort[oa]s?|morreu|faleceu|assassinad[oa]s?",
            "it": r"mort[oaie]|uccis[oaie]|decedut[oaie]",
            "pl": r"nie żyje|zginął|zginęła|zabit[yae]|zmarł[aoiy]?",
            "tr": r"öldü|öldürüldü|hayatını kaybetti",
            "arabic": r"قُ?تل(?:ت)?|توفي(?:ت)?|مات(?:ت)?",
            "hangul": r"사망|숨졌|죽었|피살",
            "han": r"死亡|已死|身亡|遇害|丧生|喪生",
        },
    ),
    (
        {
            "en": rf"{_BE} (?:captured|taken prisoner|arrested|detained|in custody|under arrest|behind bars)",
            "cyrillic": r"задержан[аы]?|арестован[аы]?|взят[аы]? в плен|в плену|затриман\w*|заарештован\w*|у полоні",
            "de": r"festgenommen|verhaftet|in Haft|gefangen genommen",
            "fr": r"arrêtée?s?|détenue?s?|capturée?s?",
            "es": r"detenid[oa]s?|arrestad[oa]s?|capturad[oa]s?",
            "pt": r"detid[oa]s?|pres[oa]s?|capturad[oa]s?",
            "it": r"arrestat[oaie]|catturat[oaie]",
            "pl": r"zatrzyman\w+|aresztowan\w+|schwytan\w+",
            "tr": r"yakalandı|tutuklandı|gözaltında",
            "arabic": r"معتقل(?:ة|ا)?|أسير(?:ة|ا)?|اعتقل(?:ت)?",
            "hangul": r"체포|구금|생포",
            "han": r"被捕|被俘|被拘留|被逮捕",
        },
        {
            "en": rf"{_BE} (?:free(?! (?:of|from))|at large|on the run|at liberty)",
            "cyrillic": r"на свободе|в розыске|в бегах|на волі|на свободі|у розшуку",
            "de": r"auf freiem Fuß|auf der Flucht",
            "fr": r"en liberté|en fuite",
            "es": r"en libertad|prófug[oa]s?",
            "pt": r"em liberdade|foragid[oa]s?",
            "it": r"in libertà|in fuga|latitant[ei]",
            "pl": r"na wolności",
            "tr": r"serbest|firarda",
            "arabic": r"طليق(?:ة|ا)?|حر طليق",
            "hangul": r"도주 중|자유의 몸",
            "han": r"在逃|逍遥法外",
        },
    ),
    (
        {
            "en": r"by mistake|by accident|accidental|accidentally|unintentional|unintentionally|mistakenly",
            "cyrillic": r"по ошибке|ошибочно|случайно|помилково|випадково",
            "de": r"versehentlich|aus Versehen|irrtümlich",
            "fr": r"par erreur|accidentel\w*|par accident",
            "es": r"por error|por accidente|accidentalmente",
            "pt": r"por engano|por acidente|acidentalmente",
            "it": r"per errore|per sbaglio|accidentalmente",
            "pl": r"przez pomyłkę|omyłkowo|przypadkowo",
            "tr": r"yanlışlıkla|kazara",
            "arabic": r"بالخطأ|عن طريق الخطأ|خطأ",
            "hangul": r"실수로|우발",
            "han": r"误击|誤擊|误炸|誤炸|意外地|误射",
        },
        {
            "en": r"on purpose|deliberate|deliberately|intentional|intentionally",
            "cyrillic": r"намеренно|умышленно|преднамеренно|навмисно|умисно",
            "de": r"absichtlich|vorsätzlich",
            "fr": r"délibéré\w*|volontairement|exprès|intentionnel\w*",
            "es": r"deliberad\w*|a propósito|intencionad\w*",
            "pt": r"deliberad\w*|de propósito|intencional\w*",
            "it": r"deliberat\w*|apposta|intenzional\w*",
            "pl": r"celowo|umyślnie|rozmyślnie",
            "tr": r"kasıtlı|kasten|bilerek",
            "arabic": r"عمدا|متعمد(?:ة|ا)?",
            "hangul": r"고의|의도적",
            "han": r"故意|蓄意",
        },
    ),
)
"""Open and closed; empty and full; destroyed and intact; sunk and afloat; alive and dead; held and at large; by
mistake and on purpose. Languages as language_of names them; Russian and Ukrainian, and Chinese and Japanese, are one.
"""
HOW = len(STATES) - 1
"""The pair that is told of what was done, not of a thing."""
FORCE = re.compile(
    r"hit|attack|shell|bomb|str(?:ik|uck)|sho[ot]|target|down(?:ed|ing)|обстр[еі]л|удар|атак|сби[тл]|зби[тл]"
    r"|angegr|angriff|beschoss|attaqu|frapp|atac|bombard|ataqu|attacc|colpi|zaatak|ostrzel|vurul|saldır"
)
"""How words for acts of force begin: who was hit by mistake was not attacked on purpose."""
