"""By which a clause tells of another moment, of some of several things, or of a day; for opposites.py."""

from __future__ import annotations

SENTENCES = r"[^.;!?\n。！？؟；।]+(?:[.](?=\d)[^.;!?\n。！？؟；।]+)*(?:[.;!?\n。！？؟；।]|$)"
"""A sentence with its closing mark; a dot within a number closes none."""
OTHER_MOMENT = (
    r"\b(?:until|till|before|prior|earlier|previously|formerly|once|used to|would|will|shall|may|might|could|should|if"
    r"|whether|unless|tomorrow|plans?|planned|threat\w*|want\w*|expected|due to (?:be|re)"
    r"|до|раньше|ранее|прежде|раніше|перед|когда-то|завтра|будет|будут|буде|будуть|если|якщо|бы|б|может|може|могут|можуть"
    r"|bis|vorher|zuvor|früher|morgen|wird|werden|würde\w*|wenn|falls|ob|soll|sollen|könnte\w*"
    r"|jusqu\w*|avant|auparavant|demain|sera|seront|serait|si|pourrai\w*"
    r"|hasta|antes|mañana|será|serán|sería|podría\w*"
    r"|até|amanhã|serão|seria|poderia|prima|fino|domani|sarà|saranno|sarebbe"
    r"|przed|wcześniej|jutro|będzie|będą|jeśli|önce|yarın|olacak|eğer"
    r"|(?:sun|mon|tues|wednes|thurs|fri|satur|week)days|every|always|usually|case|rumou?r\w*|fear\w*|alleg\w+|reportedly|supposedly|purported\w*|nearly|almost|virtually|narrowly|barely|hardly"
    r"|почти|едва|чуть|якобы|слух\w*|майже|ледь|мало|нібито|чутк\w+|beinahe|fast|angeblich\w*|gerücht\w*|vermeintlich\w*"
    r"|presque|prétendu\w*|soi-disant|rumeurs?|casi|supuest\w+|rumor\w*|quase|supost\w+|quasi|presunt\w+|prawie|rzekom\w+"
    r"|neredeyse|iddia\w*)\b"
    r"|거의|소문|几乎|據傳|据传"
    r"|قبل|حتى|سابقا|غدا|سوف|سي|إذا|전에|까지|내일|예정|만약|之前|以前|此前|明天|将|將|如果"
)
"""That a clause tells of another moment, of what is to come, of what may be or nearly was."""
OF_SOME = (
    r"(?<!\w)\d+(?=\s+[^\W\d_])(?<!\d{4})"
    r"|\b(?:some|several|many|most(?= (?:of|\w+s)\b)|other|others|another|part"
    r"|parts|partly|partially|half|only|each|both|one|two|three|four|second|third"
    r"|несколько|часть|части|частично|половина|многие|некоторые|другие|другой|другая|оба|обе|один|одна|одно|два|две|три|второй|вторая|второе|третий|третья|кілька|частина"
    r"|частково|деякі|інші|інший|інша|обидва"
    r"|einige|mehrere|viele|teil|teile|teilweise|andere\w*|zwei|drei|quelques|plusieurs|partie|autres?|deux|trois"
    r"|algun[oa]s|vari[oa]s|much[oa]s|parte|otr[oa]s?|dos|tres|alcun[ie]|altr[oaie]|due|kilka|niektóre|część|inn[eyai]"
    r"|bazı|birkaç|kısmen|diğer)\b"
    r"|بعض|جزء|جزئي|일부|다른|部分|一些|其他"
)
"""That a clause tells of some of several things, or of a part."""
_DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье"
    r"|понеділок|вівторок|серед[ау]|четвер|п['’]ятниц[яю]|субот[ау]|неділ[яю]"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|poniedział\w+|wtorek|środ[aęy]|czwartek|piątek|sobot[aęy]|niedziel[aęi]"
    r"|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar günü"
)
_MONTHS = (
    r"january|february|march|april|may|june|july|august|september|october|november|december"
    r"|январ[яеь]|феврал[яеь]|марта?е?|апрел[яеь]|ма[яей]|июн[яеь]|июл[яеь]|августа?е?|сентябр[яеь]|октябр[яеь]|ноябр[яеь]"
    r"|декабр[яеь]|січн[яі]|лютому|лютого|березн[яі]|квітн[яі]|травн[яі]|червн[яі]|липн[яі]|серпн[яі]|вересн[яі]|жовтн[яі]"
    r"|листопад[аі]|грудн[яі]|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre"
)
MOMENTS = (
    rf"\b(?:{_DAYS}|(?:\d{{1,2}}(?:st|nd|rd|th|er|[.])?\s)?(?:{_MONTHS})(?:\s\d{{1,2}}\b)?|(?:19|20)\d\d|\d{{1,2}}[:.]\d\d"
    r"|yesterday|today|tonight|now|currently|morning|noon|afternoon|evening|night|midnight|dawn"
    r"|(?:last|this) (?:week|month|year)|first|second|third|again|reopened|spring|summer|autumn|winter"
    r"|вчера|сегодня|сейчас|теперь|утром|днём|днем|вечером|ночью|вчора|сьогодні|зараз|тепер|вранці|вдень|ввечері|вночі"
    r"|gestern|heute|jetzt|abends?|morgens|nachts?|mittags?|hier|aujourd['’]hui|maintenant|matin|soir|nuit|ayer|hoy|ahora"
    r"|noche|tarde|ontem|hoje|agora|ieri|oggi|adesso|wczoraj|dzisiaj|dziś|teraz|dün|bugün|şimdi)(?!\w)"
    r"|(?<!\w)(?:[월화수목금토일]요일|어제|오늘|지금|아침|저녁|밤|\d+[월일시])\w{0,2}|(?:星期|周|週)[一二三四五六日天]|昨[天日]|今[天日]|现在"
    r"|\d+[月日]|أمس|اليوم|الآن|(?:ال)?(?:اثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت|أحد)(?!\w)"
)
"""When: two accounts that name no moment in common tell of two moments."""
EMPTY_HAN = "的了是在已被有也都于於和与與到把对對从從這这那其该該正仍还還就又即因而说說称稱天日月年时時無无損损"
"""Characters that two clauses may share without speaking of one thing."""
