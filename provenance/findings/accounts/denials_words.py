"""Words by which accounts deny and negate, and small words that tell nothing, by language, for `re`."""

from __future__ import annotations

from types import MappingProxyType

from .none_harmed import NONE_HARMED, NONE_HARMED_IN_A_ROW

DENIES = (
    r"den(?:y|ies|ied|ial)|refut\w*"
    r"|reject\w*(?! (?:\w+ ){0,2}(?:appeals?|bids?|offers?|bills?|motions?|requests?|plans?)\b)"
    r"|disput\w*(?! (?:regions?|areas?|territor\w+|borders?|islands?|waters|land)\b)"
    r"|dismiss\w* (?:\w+ ){0,4}(?:as|reports?|claims?|allegations?|accusations?|rumou?rs?|it|them|this)"
    r"|false(?! alarms?\b)|untrue|wrong(?![ -](?:way|side|turn|lane|direction|place)\b)|incorrect|fak(?:es?|ed|ing)"
    r"|fabricat\w*|hoax|baseless|unfounded|groundless|debunk\w*"
    r"|(?:scene|attack|photo|picture|image|video|footage|massacre|it|incident)s? (?:was|is|were|are|has been)"
    r" staged(?! from)",
    r"отрица\w+|отверг\w*|опроверг\w*|ложь|ложн\w*|фейк\w*|вымы\w+|постановочн\w*|инсценир\w*|інсцен\w*|запереч\w*|спростов\w*"
    r"|спросту\w*|вигад\w*|неправд\w*",
    r"dementier\w*|bestreite\w*|bestritt\w*|widerleg\w*|falsch\w*|inszenier\w*"
    r"|(?:weis(?:t|en)|wies(?:en)?) (?:\w+ ){0,3}(?:es|dies|\w*(?:bericht|darstellung|vorw[uü]rf|behauptung|meldung"
    r"|anschuldigung)\w*) (?:\w+ ){0,3}zurück",
    r"dément\w*|nie(?= (?:tou(?:te?|s)|avoir|être|l[ae]s?|l['’]|ces?|cette|que|en bloc|s(?:es?|on|a)|leurs?|\w+ment)\b)"
    r"|l[ae]s? nie|nient(?!['’])|réfut\w*|faux|fausses?|mise en scène|mis en scène",
    r"niega\w*|negó|desmient\w*|desmint\w*|fals[oa]s?|negou",
    r"smenti\w*|nega|negano|ontken\w*|zaprzecz\w*|dementuj\w*",
    r"(?:mem)?bantah\w*|hoaks|palsu|bác bỏ|διαψεύδ\w*|διέψευσ\w*",
    r"yalanla\w*|reddet\w*|[وف]?نف[ىت]|[وف]?[يت]نفي|كاذب\w*|مفبرك\w*|تکذیب|הכחיש\w*|מכחיש\w*",
)
"""By language: English; Russian, Ukrainian; German; French; Spanish, Portuguese; Italian, Dutch, Polish; Indonesian,
Vietnamese, Greek; Turkish, Arabic, Persian, Hebrew. A word that means something else in another of them is left out
(Italian "mai", German "Mai").
"""
UNSPACED_DENIES = (
    "부인|否认|否認|不实|不實|不属实|谣言|謠言|खंडन|झूठ|फर्जी|फ़र्जी|ग़लत|गलत|इनकार|تردید|অস্বীকার|মিথ্যা|ভুয়া|ปฏิเสธ|否定|虚偽|デマ"
)
"""Korean, Chinese; Hindi, Urdu, Bengali, Thai; Japanese: found inside words, for `re` sees no words there."""
_TURKISH = (
    r"(?!(?:ko|tra?je|inter|ri)medi)(?-i:[a-zçğıöşü])\w+m[ae](?:d[ıi](?:lar|ler|k|m)?|m[ıi]ş(?:t[ıi])?|yacak|yecek)"
    r"|(?-i:[a-zçğıöşü])\w{2,}m[ıiuü]yor(?:lar|du)?"
)
"""Verbs that are negated within: düşmedi, olmamış, vurmayacak, çalışmıyor. With a capital they are names: Ahmadi."""
NEGATES = (
    r"not|no|nobody|nothing|nowhere|never|none|neither|nor|without|cannot|\w+n['’]t",
    r"не|нет|ни|никогда|ні|немає|ніколи|жод(?:ен|н\w+)",
    r"nicht|kein\w*|niemals|niemand\w*|nie",
    r"pas|aucune?|jamais|n['’](?:y )?\w+ personne",
    r"nunca|jamás|nadie|ning[uú]n\w*|não|nenhum\w*",
    r"non(?!-)|nessun\w*|niet|geen|żad(?:en|n\w+)|nigdy",
    r"tidak|bukan(?:lah)?|belum|tanpa|không|δεν|όχι",
    rf"değil\w*|yok|kimse|{_TURKISH}|[وف]?(?:لا|لم|لن|ليست?)|نیست|نشده|לא|אין",
)
"""By language, as above."""
UNSPACED_NEGATES = "아니|않|없|못|没有|沒有|不是|并非|並非|并未|並未|नहीं|نہیں|ไม่|ではない|ていない|なかった|ません"
"""Korean, Chinese; Hindi, Urdu, Thai; Japanese."""
AFTER = (
    r"not|no|nobody|nothing|nowhere|never|none|neither|nor|without|cannot|n['’]t|не|нет|ни|ні|жод|nicht|kein|nie|pas|aucun|personne|nadie"
    r"|jamais|nunca|jamás|ning|não|nenhum|non|nessun|niet|geen|żad|nigdy|tidak|bukan|belum|tanpa|không|لا|لم|لن|ليس|לא|אין|没|沒"
    r"|不是|非|并未|並未"
)
"""Negations that stand before what they negate; the others stand behind it."""
# The words of a denial where nothing is denied: "not only", "no fewer than 12", "could not be confirmed"; that
# nobody was hurt is a count of none.
NO_DENIAL = (
    r"\b(?:not (?:only|just|least|far|long)|whether or not|no[.º°]? ?\d+|not rul(?:e|ed|ing) out"
    r"|не исключа\w+|не виключа\w+|nicht (?:weit|aus(?:geschlossen|zuschließen|schließen)?)|pas loin|no lejos"
    r"|(?:not|n['’]t) exclud\w+|n['’]exclu\w* pas|pas (?:à )?exclu\w*"
    r"|(?:no|não) (?:se )?(?:pued\w+ |pode\w* )?(?:exclu\w+|descart\w+)|non (?:si )?(?:può )?esclud\w+"
    r"|(?:no|not) (?:fewer|less|more|later|earlier) than|no doubt"
    r"|(?:is|was|are|were|it['’]s)(?: not|n['’]t) (?:yet |immediately )?(?:clear|known)"
    r"|(?:could|can)(?: not|not|n['’]t) (?:be |yet |immediately |independently )*(?:verif\w+|confirm\w*|exclud\w*"
    r"|ruled out)"
    r"|(?:has|have)(?: not|n['’]t) (?:yet |been |independently )*(?:verif\w+|confirmed)"
    r"|(?:not|n['’]t|never) (?:been )?(?:able to|in a position to|possible to) "
    r"(?:independently )?(?:verify|confirm|determine|establish|say|tell)"
    r"|(?:could|can|do|does|did)(?: not|not|n['’]t) (?:yet |independently |be )*"
    r"(?:determine\w*|establish\w*|say|tell|know)"
    r"|не (?:может|могут|смог\w*|можем|можемо|змогл\w*|може|можуть|вдалось) (?:\w+ )?"
    r"(?:проверить|подтвердить|установить|определить|сказать|перевірити|підтвердити|встановити|визначити|сказати)"
    r"|without (?:power|water|electricity|heating|gas|warning|shelter|homes?)"
    r"|не (?:только|менее|меньше|более|позднее|исключено)|не (?:лише|тільки|менше|більше|пізніше)|пока (?:не"
    r"|ни)(?:известно|ясно)"
    r"|не удалось (?:проверить|подтвердить)|не вдалося (?:перевірити|підтвердити)"
    r"|nicht (?:nur|weniger als|mehr als|unabhängig)|non seulement|pas moins de|no (?:sólo|solo|menos de|más de)"
    r"|não (?:só|apenas|menos de)|non (?:solo|meno di)|niet alleen|nie tylko|tidak hanya|không chỉ"
    rf"|{NONE_HARMED}"
    r"|לא (?:רק|פחות)|ليس فقط|لا يقل عن)\b"
    rf"|{NONE_HARMED_IN_A_ROW}"
    r"|不仅|不僅|뿐(?:만)? 아니라|못지않|ไม่เพียง|ไม่น้อยกว่า"
)
ALREADY = r"\b(?:already|уже|вже|schon|bereits|déjà|già|już|já|zaten|sudah)\b|이미|已经|已經|すでに|既に"
NOT_YET = (
    r"\b(?:not (?:yet )?(?:\w+ )?yet|not yet|n['’]t yet|ещ[её] не|пока (?:ещ[её] )?не|ще не"
    r"|поки (?:що )?не"
    r"|noch (?:nicht|kein\w*)|pas encore|todavía no|aún no|ainda não|non ancora|jeszcze nie|belum)\b"
    r"|아직|尚未|还没|還沒|まだ"
)
_LANGUAGES = {
    "en": "the of was were is are has have had in on at by to and from with that it they there this been no not said",
    "es": "el la los las una se que fue del por para con ha sido hubo su no",
    "fr": "le la les à des une est du au aux dans sur par pour ont été qui ce ne pas l d",
    "de": "der die das den dem ein eine einen wurde wurden ist und im am an auf mit nicht kein keinen es gab",
    "pt": "o os no na nos nas uma um foi em não dos da das pelo pela ao",
    "it": "il la gli è di che della nel nella sono stato stata per con",
    "pl": "w z na się jest był było nie przez",
    "nl": "het een niet geen op zijn werd naar aan",
    "tr": "bir ve bu ile için değil yok da",
    "id": "di yang dan itu ini tidak dari ke dengan polisi ada",
    "vi": "không có của và là trong được một",
}
LANGUAGES = MappingProxyType({language: frozenset(words.split()) for language, words in _LANGUAGES.items()})
"""Small words by which a language in Latin letters is told."""
_TELLS_NOTHING = """
say says said saying tell tells told report reports reported according state stated call called could would should may
might must shall will been being have has had was were are the and for from with that this these those they them their
there here where when what which who whom whose than then into onto over under about after before during until since
while because also only just even still more most less least some any all each every other another such very much many
few one two three four five six seven eight nine ten people person persons man men woman women thing things time times
day days today yesterday tomorrow tonight morning afternoon evening night week month year years hour hours monday
tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december his her its our your not nor yet out off did does done get got its can
это этот эта эти этой этом того тому что как для при или если будет были было была есть его она они оно все всех всё
также только ещё еще уже пока сегодня вчера завтра утром вечером ночью днём время дня часов года году человек людей люди
наносились наносилось нанесено нанесены происходило произошло зафиксировано зафиксирован фиксировалось отмечено
проводилось проводились велось осуществлялось производилось
тут там том так сообщили сообщил сообщает заявил заявили
цей ця ці цього тому що як для при або якщо буде були було була його вона вони все всіх також тільки ще вже поки
сьогодні вчора завтра вранці ввечері вночі час години року людей люди тут там так повідомили
завдавалися завдавали завдано сталося відбувалося зафіксовано проводилося
que los las una uno por para con del sus fue son han está están hoy ayer mañana día días hora horas año años personas
más pero como
les des une dans sur par pour avec qui que ont été sont est aujourd hier demain jour jours heure heures plus mais
der die das den dem des ein eine einen einem einer wurde wurden wird werden ist sind war waren hat haben auf aus bei mit
von vom zum zur für und oder aber auch noch schon heute gestern morgen tag tage uhr
uma dos das pela pelo foi são está hoje ontem amanhã dia dias
هذا هذه الذي التي من إلى على في عن مع أن كان كانت اليوم أمس غدا بعد قبل بين أي شخص شخصا
아직 오늘 어제 내일 이미 것은 것이 것을 있다 했다 밝혔다 말했다
killed died dead deaths casualties погиб погибли погибших убит убиты загинув загинули вбито getötet tué tués muertos
में है हैं था थे थी को के का की से पर ने और कि यह वह कल आज नहीं कोई किसी लिए गया गई गए हुआ हुई रहा रही रहे कर
"""
EMPTY = frozenset(_TELLS_NOTHING.split())
"""Words that two accounts may share without speaking of one thing; the dead are left to counts (tolls.py)."""
_VERBS = """
sink sank sunk; fall fell fallen; shoot shot; fight fought; break broke broken; leave left; begin began begun; fly
flew flown; hold held; flee fled; strike struck; take took taken; steal stole stolen; win won; send sent; catch
caught; see saw seen; give gave given; go went gone; blow blew blown; bring brought; buy bought; find found; hide hid
hidden; lose lost; rise rose risen; run ran; shake shook shaken; speak spoke spoken; swim swam; throw threw thrown;
write wrote written; sell sold; meet met; drive drove driven; bite bit bitten; eat ate eaten; burn burnt; build built;
lead led; die died dead; explode explosion
explosions; destroy destruction; freeze froze frozen; come came; know knew known; lay laid; stand stood;
fire fires fired
"""
IRREGULAR = MappingProxyType(
    {form: verb.split()[0] for verb in _VERBS.replace("\n", " ").split(";") for form in verb.split()}
)
"""Forms of English verbs that differ in more than their ending, to the first of each."""
ENGLISH_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("er", ""),
    ("ers", ""), ("ion", ""), ("ions", ""), ("ion", "e"), ("ions", "e"),
)  # fmt: skip
"""Endings of English words, and what stands in their place in the word without."""
_BEFORE = "пере под при про раз рас воз вос обо об вы за из ис на от по до со у с о"
PREFIXES = tuple(_BEFORE.split())
"""Prefixes of Russian and Ukrainian verbs, the longest first."""
PICTURE = (
    r"\b(?:photo\w*|pictur\w+|images?|footage|video\w*|clips?|screenshot\w*|filmed"
    r"|taken(?! (?:prisoner|captive|hostage|to|over|into|away|from|for|back))"
    r"|фото\w*|снимок|снимк\w+|кадр\w*|видео\w*|снято|снят|знімок|знімк\w+|відео\w*|знято"
    r"|fotos?|bild|bilder\w*|aufnahme\w*|aufgenommen|imagen|imágenes|prise?|cliché\w*|zdjęci\w+|fotoğraf\w*|görüntü\w*"
    r"|صور\w*|الصور\w*)\b|사진|영상|촬영|照片|图片|圖片|影片|视频|視頻|拍摄|拍攝|写真|映像|撮影"
)
"""That a statement speaks of a picture."""
