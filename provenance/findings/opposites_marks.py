"""By which a clause tells of another moment, of some of several things, or of a day; for opposites.py."""

from __future__ import annotations

OTHER_MOMENT = (
    r"\b(?:until|till|before|prior|earlier|previously|formerly|once|used to|would|will|shall|may|might|could|should|if"
    r"|whether|unless|tomorrow|plans?|planned|threat\w*|want\w*|expected|due to (?:be|re)"
    r"|до|раньше|ранее|прежде|раніше|перед|когда-то|завтра|будет|будут|буде|будуть|если|якщо|бы|б|может|може|могут|можуть"
    r"|bis|vorher|zuvor|früher|morgen|wird|werden|würde\w*|wenn|falls|ob|soll|sollen|könnte\w*"
    r"|jusqu\w*|avant|auparavant|demain|sera|seront|serait|si|pourrai\w*"
    r"|hasta|antes|mañana|será|serán|sería|podría\w*"
    r"|até|amanhã|serão|seria|poderia|prima|fino|domani|sarà|saranno|sarebbe"
    r"|przed|wcześniej|jutro|będzie|będą|jeśli|önce|yarın|olacak|eğer)\b"
    r"|قبل|حتى|سابقا|غدا|سوف|سي|إذا|전에|까지|내일|예정|만약|之前|以前|此前|明天|将|將|如果"
)
"""That a clause tells of another moment, of what is to come, or of what may be."""
OF_SOME = (
    r"(?<!\w)\d+(?=\s+[^\W\d_])(?<!\d{4})"
    r"|\b(?:some|several|many|most(?= (?:of|\w+s)\b)|other|others|another|part"
    r"|parts|partly|partially|half|only|each|both|two|three|four"
    r"|несколько|часть|части|частично|половина|многие|некоторые|другие|другой|другая|оба|обе|два|две|три|кілька|частина"
    r"|частково|деякі|інші|інший|інша|обидва"
    r"|einige|mehrere|viele|teil|teile|teilweise|andere\w*|zwei|drei|quelques|plusieurs|partie|autres?|deux|trois"
    r"|algun[oa]s|vari[oa]s|much[oa]s|parte|otr[oa]s?|dos|tres|alcun[ie]|altr[oaie]|due|kilka|niektóre|część|inn[eyai]"
    r"|bazı|birkaç|kısmen|diğer)\b"
    r"|بعض|جزء|جزئي|일부|다른|部分|一些|其他"
)
"""That a clause tells of some of several things, or of a part."""
DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье"
    r"|понеділок|вівторок|серед[ау]|четвер|п['’]ятниц[яю]|субот[ау]|неділ[яю]"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
"""Days of the week: two accounts of different ones tell of two days."""
EMPTY_HAN = "的了是在已被有也都于於和与與到把对對从從這这那其该該正仍还還就又即因而说說称稱天日月年时時無无損损"
"""Characters that two clauses may share without speaking of one thing."""
