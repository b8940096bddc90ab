"""Words around a noun by language, and nouns that are known in several; for things.py."""

from __future__ import annotations

PREPOSITIONS = {
    "en": r"to|of|in|at|on|near|from|by|behind|outside|inside|around|along|for|with|that|which|who|after|since|next"
    r"|beside|opposite",
    "cyrillic": r"у|в|во|к|ко|на|над|под|при|около|возле|рядом|за|из|от|с|со|по|для|после|перед|через|между"
    r"|до|біля|поруч|з|із|зі|від|після|поблизу|між|який|яка|яке|які|который|которая|которое|которые",
    "de": r"neben|an|am|in|im|bei|beim|zu|zur|zum|nach|von|vom|auf|aus|mit|für|vor|hinter|über|unter|seit|gegenüber"
    r"|(?<=\w )des|(?<=\w )der|(?<=\w )eines|(?<=\w )einer",
    "fr": r"de|du|des|d['’]|à|au|aux|près|dans|en|sur|sous|pour|avec|devant|derrière|vers|après|par|qui|que|chez",
    "es": r"de|del|a|al|junto|cerca|en|sobre|con|para|por|ante|tras|desde|hacia|que|frente",
    "pt": r"de|do|da|dos|das|a|ao|à|perto|junto|em|no|na|nos|nas|com|para|por|pelo|pela|que|sobre",
    "it": r"di|del|della|dello|dei|delle|dell['’]|a|al|alla|all['’]|vicino|in|nel|nella|su|sul|sulla|con|per|da|dal"
    r"|dalla|che|presso",
    "pl": r"przy|do|w|we|na|z|ze|od|koło|obok|pod|nad|za|dla|po|przez|u|o|między|który|która|które",
    "arabic": r"إلى|قرب|في|على|من|عند|بجانب|أمام|خلف|عن|مع|بين|بعد|الذي|التي",
}
"""Behind which stands what is not spoken of itself; in German also where a noun in the genitive begins."""
HEAD_LAST = frozenset(("en", "de", "tr", "hangul"))
"""Languages in which the noun stands last: "the airport road", "havaalanı yolu"."""
PARTICLES = ("은", "는", "이", "가")
"""What stands behind the word that is spoken of in Korean."""
ADJECTIVE = r"(?:[ыио]й|ая|яя|ое|ее|[ыи]е|ій)$"
"""How adjectives end in Russian, and some in Ukrainian."""
BEING = "était étaient reste restent sigue siguen jest został została zostało zostały estava ficou è sono rimane"
ADVERBS = """
completely fully totally entirely heavily badly still again really actually itself already
полностью совсем совершенно вновь снова опять весь вся всё сейчас повністю зовсім знову увесь зараз
vollständig völlig komplett ganz noch immer wieder complètement totalement entièrement toujours encore
completamente totalmente todavía aún całkowicie zupełnie nadal tamamen hâlâ 완전히 여전히
"""
_ANOTHER = "deputy vice former acting assistant ex экс вице бывший бывшая бывшего колишній колишня"
ANOTHER = frozenset(_ANOTHER.split())
"""Words that make another of whom or what they stand by: the deputy mayor is not the mayor."""
_CONCEPTS = """
bridge: bridge мост міст brücke pont puente ponte most köprü جسر 다리 교량 桥 橋
dam: dam weir плотин дамб гребл греблі damm staudamm barrage presa represa diga tama zapora baraj سد 댐 坝 壩
school: school школ schule école escuela escola scuola szkoł okul مدرسة 학교 学校 學校
hospital: hospital clinic больниц лікарн krankenhaus klinik hôpital ospedale szpital hastane مستشفى 병원 医院 醫院
airport: airport аэропорт аеропорт flughafen aéroport aeropuerto aeroporto lotnisk havaalan مطار 공항 机场 機場
station: station вокзал bahnhof gare estación estação stazione dworzec dworca istasyon محطة 기차역 车站 車站
border: border граница границ кордон grenze frontière frontera fronteira confine granic sınır حدود 국경 边境 邊境
church: church церков церкв kirche église iglesia igreja chiesa kości kilise كنيسة 교회 教堂
market: market рынок рынк ринок ринк markt marché mercado mercato rynek pazar سوق 시장 市场 市場
theatre: theatre theater театр théâtre teatro teatr tiyatro مسرح 극장 剧院 劇院
prison: prison тюрьм тюрм в'язниц gefängnis cárcel prisão prigione więzieni hapishane سجن 교도소 监狱 監獄
port: port harbour harbor порт hafen puerto porto liman ميناء 항구 港口
tunnel: tunnel туннел тоннел тунел túnel tunel tünel نفق 터널 隧道
mayor: mayor мэр мер bürgermeister maire alcalde prefeito sindaco burmistrz رئيس 시장 市长 市長
pilot: pilot пилот пілот летчик лётчик льотчик pilote piloto pilota طيار 조종사 飞行员 飛行員
driver: driver водител водій fahrer conducteur chauffeur conductor motorista autista kierowc şoför سائق 운전자 司机 司機
commander: commander командир kommandeur commandant comandante dowódc komutan قائد 사령관 指挥官 指揮官
captain: captain капитан капітан kapitän capitaine capitán capitão capitano kapitan kaptan قبطان 선장 船长 船長
village: village село села селе деревн dorf aldea pueblo vila villaggio wieś wsi köy قرية 마을 村庄 村莊
town: town city город місто stadt ciudad cidade città miasto şehir مدينة 도시 城市
colonel: colonel полковник oberst colonnello pułkownik albay عقيد 대령 上校
"""
CONCEPTS = tuple(
    (name, stem)
    for line in _CONCEPTS.strip().splitlines()
    for name, _, stems in (line.partition(": "),)
    for stem in stems.split()
)
"""Nouns as they begin, by what they are called here. Short, for each word more may be another thing elsewhere."""
