"""The words by which accounts count the dead, the injured and crowds, by language; tolls_patterns.py reads them.

Those that desks meet most; the others in letters with spaces stand in tolls_words_elsewhere.py. A language more is a
block more: any of the kinds, with words parted by commas. `*` stands for any letters or none
("fatalit*"), `s?` for an s that may be missing, `(a|b)` for either. A word that means something else in another of
these languages is left out. The kinds:

- dead, hurt, crowd: "12 killed"; killing, hurting: more that stand before the number, "killing 12", 死者は12人
- least, most, some: "at least 12"; between, to: "between 12 and 14", "12 to 14"; thousand, million: "12 thousand"
- or: "12 killed or injured"; and: "killed 12 and destroyed"; where: "killed 12 in", where a number counts people
- things: counted and nobody, "12 days"; people: "killed 12 civilians"; everybody: "12 people were reported killed"
- so far: that a count is one of a moment; changed: that it was another before
"""

from __future__ import annotations

from typing import Literal

Counted = Literal["dead", "hurt", "crowd", "killing", "hurting", "things", "people", "everybody"]
Counting = Literal["least", "most", "some", "between", "to", "or", "and", "thousand", "million", "where"]
Kind = Counted | Counting | Literal["so far", "changed"]

SPACED: dict[str, dict[Kind, str]] = {
    "English": {
        "dead": "killed, dead, died, deaths?, fatalit*, lives( were| have been)? lost",
        "hurt": "injured, wounded, hurt, injuries",
        "crowd": "took part, takes? part, taking part, participat*, participan*, attend*, march(ed|ers|ing), gathered,"
        "rallied, turned out, protest(ed|ers|ing|ors), demonstrat(ed|ors|ing)",
        "killing": "killing, (death toll|number of (dead|deaths|victims))( (is|was|stands|stood))?( now)?( at)?",
        "hurting": "injuring, wounding",
        "least": "at least, more than, over, (no|not) (fewer|less) than",
        "most": "up to, fewer than, less than, at most, (no|not) more than",
        "some": "about, around, some, nearly, almost, roughly, approximately",
        "between": "between",
        "to": "to, and",
        "or": "or, and",
        "and": "and, while",
        "thousand": "thousand",
        "million": "millions?, mln",
        "things": "more, further, additional, years?, yrs?, months?, weeks?, days?, hours?, minutes?, km, kilomet*,"
        "miles?, met(er|re)s?, percent,"
        "per, jan*, feb*, mar, march, apr*, may, june?, july?, aug*, sep*, oct*, nov*, dec*, (air ?)?strikes?,"
        "attacks?, missiles?, rockets?, drones?, shells?, bombs?, explosions?, blasts?, mortars?, rounds?, vehicles?",
        "people": "people, persons?, others?, civilians?, children, women, men, boys, girls, residents, villagers,"
        "victims, soldiers, troops, servicemen, fighters, militants, officers, guards, protest(e|o)rs, demonstrators,"
        "students, pupils, workers, miners, passengers, journalists, medics, doctors, patients, prisoners, refugees,"
        "migrants, *ians, *ese, israelis, iraqis, afghans",
        "everybody": "people, persons?, others?, more, were, was, are, have, has, had, been, reported, confirmed,"
        "feared",
        "where": "in, at, on, near, by, as, when, during, across, after, since, last, today, yesterday",
        "so far": "so far, as of, until now, to date, initial*, preliminary, still missing, rubble, toll",
        "changed": "ris(en|es|ing), rose, climb*, increas*, updated?, revis*",
    },
    "Russian": {
        "dead": "погиб*, убит*, жертв*",
        "killing": "числ(о|а) (погибших|жертв) (составляет|составило|достигло)",
        "hurt": "ранен*, пострада*",
        "crowd": "вышл(а|и|о)*, собрал*, участв*, участник*, протест(ова|у)*, митингова*",
        "least": "не менее, более, больше",
        "most": "не более, не больше",
        "some": "около",
        "between": "от",
        "to": "и, до",
        "or": "и, или",
        "and": "и, а",
        "thousand": "тыс*",
        "million": "млн, миллион*",
        "things": "лет*, год*, месяц*, дн(я|е|ю|й)*, ден*, час*, минут*, км, километ*, мм, процент*, января, февраля,"
        "марта, апреля, мая, июня, июля, августа, сентября, октября, ноября, декабря, ракет*, дрон*, удар*, атак*,"
        "снаряд*, взрыв*",
        "people": "челов*, люд*, мирн*, дет(ей|и), женщин*, мужчин*, военн*, солдат*, бойц*, боевик*, полицейск*,"
        "жител*",
        "everybody": "человек*, людей, люди, были, было",
        "where": "в, во, на, под, возле, после, за, у",
        "so far": "на данный момент, на этот час, пока, предварительн*, завал*",
        "changed": "вырос*, возрос*, увелич*",
    },
    "Ukrainian": {
        "dead": "загин*, загибл*, вбит*, жертв*",
        "hurt": "поранен*, постраждал*",
        "crowd": "вийшл(а|и|о)*, зібрал*, учасник*, взял(а|и|о) участь, протест(ова|у)*",
        "least": "не менш*, понад, щонайменше",
        "most": "не більше",
        "some": "близько, приблизно",
        "between": "від",
        "to": "до, та",
        "or": "та, або",
        "and": "та, й",
        "thousand": "тис*",
        "million": "млн, мільйон*",
        "things": "рок*, рік, річн*, дн(і|я|ю|е|й)*, ден*, годин*, хвилин*, км, січня, лютого, березня, квітня, травня,"
        "червня, липня, серпня, вересня, жовтня, листопада, грудня, ракет*, дрон*, удар*, атак*, снаряд*, вибух*",
        "people": "люд*, осіб, особ*, мирн*, цивільн*, д(і|и)т(ей|и), жінк*, жіно*, чолов*, військов*, солдат*, бійц*,"
        "бойовик*, поліцейськ*, мешкан*, жител*",
        "everybody": "осіб, людини, було",
        "where": "у, під, біля, після",
        "so far": "станом на, наразі, попередн*, завал*",
        "changed": "зріс, зросл*, збільш*",
    },
    "French": {
        "dead": "tu(e|é)e?s?, morte?s?, décès",
        "hurt": "bless(e|é)e?s?",
        "crowd": "participai*, participan*, manifest(ants?|é|aient), defil(e|é)*",
        "least": "au moins, plus de",
        "most": "jusqu'à",
        "some": "environ",
        "between": "entre",
        "to": "à, et",
        "or": "et, ou",
        "and": "et",
        "thousand": "mille",
        "million": "millions?",
        "things": "ans?, mois, jours?, heures?, frappes?, attaques?, obus, janvier, février, mars, avril, mai, juin,"
        "juillet, août, de",
        "people": "personnes?, civils, enfants, femmes, hommes, soldats, habitants",
        "everybody": "personnes?, sont, ont, été",
        "where": "dans, à, au, en",
        "so far": "jusqu'ici, pour l'instant, provisoire, bilan",
        "changed": "s'alourdit",
    },
    "Spanish": {
        "dead": "muert(o|a)s?, murieron, fallecid*",
        "hurt": "herid(o|a)s?",
        "crowd": "participa*, manifest(antes|aron), asistencia (en|de|a), asist*, congreg*, concentra*",
        "killing": "mató, mataron",
        "least": "al menos, más de",
        "most": "hasta",
        "some": "unos, unas, cerca de",
        "between": "entre",
        "to": "y, e, a",
        "or": "y, o, e",
        "and": "y, e",
        "thousand": "mil",
        "million": "millón, millones",
        "things": "años?, meses, días?, horas?, ataques?, misiles, cohetes, de",
        "people": "personas?, civiles, niños, mujeres, hombres, soldados",
        "everybody": "personas?, fueron, han",
        "so far": "hasta ahora, de momento, balance",
        "changed": "aument*, sub(e|ió), ascien*",
    },
    "Portuguese": {
        "dead": "mortos?, morreram",
        "hurt": "ferid(o|a)s?",
        "crowd": "participa*, manifestantes",
        "least": "pelo menos, mais de",
        "most": "até",
        "some": "cerca de",
        "thousand": "mil",
        "million": "milhão, milhões",
        "things": "anos?, meses, dias?, horas?, ataques?, de",
        "people": "pessoas, civis, crianças",
        "everybody": "pessoas, foram",
        "so far": "até agora, balance",
        "changed": "aument*",
    },
    "German": {
        "dead": "tote(n|r)?, getötet*, todesopfer, starb(en)?, gestorben*, umgekommen*, ums leben",
        "hurt": "verletzt*",
        "crowd": "demonstrant*, demonstrier*, teilnehm*",
        "killing": "tötete",
        "least": "mindestens, mehr als, über",
        "most": "bis zu",
        "some": "etwa, rund",
        "to": "bis, und",
        "or": "und, oder",
        "and": "und",
        "thousand": "tausend",
        "million": "millionen, mio",
        "things": "jahren?, tagen?, stunden, raketen, drohnen",
        "people": "menschen, personen, zivilisten, kinder, frauen, männer, soldaten",
        "everybody": "menschen, personen, wurden, sind, kamen",
        "where": "in, im, bei, nach, am",
        "so far": "bislang, bisher",
        "changed": "gestiegen, steigt, stieg",
    },
}
UNSPACED: dict[str, dict[Kind, str]] = {
    "Chinese and Japanese": {
        "dead": "死亡, 遇难, 遇難, 丧生",
        "killing": "(死者|死亡者|死亡|遇难者?|遇難者?|犠牲者)(人?数)?(は|が|为|為)?",
        "hurt": "受伤, 受傷",
        "crowd": "参加, 參加, 集结",
        "least": "至少, 超过, 超過",
        "most": "最多",
        "some": "约, 約",
        "to": "至",
        "thousand": "千",
        "so far": "目前",
        "changed": "升至, 增至",
    },
    "Korean": {
        "dead": "사망, 숨",
        "killing": "(사망자|희생자)( ?수)?(는|가)? ?",
        "hurt": "부상",
        "crowd": "참가, 참여, 참가자(는|가|를), 참석자(는|가|를), 모였, 모인, 운집",
        "least": "최소",
        "most": "최대",
        "some": "약",
        "thousand": "천",
        "so far": "까지",
        "changed": "늘어",
    },
}
"""Languages whose words stand in a row, so that a word is found inside of others."""
