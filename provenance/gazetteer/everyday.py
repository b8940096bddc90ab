"""Words that begin with a capital letter for another reason than that they name a place, and are places somewhere.

Only what stands alone is held back: "Of" (a town in Turkey) is no mention, "Of, TR" in a claim still finds it.
"""

from __future__ import annotations

_ENGLISH = """
a about above after again all along also although among an and another any are around as at be because been
before behind being below between both but by can could day days did do does down during each early east eastern
eight even ever every few first five following for four from further had half has have he her here him his how
however i if image images in inside into is it its just last late later latest less like local many may media
men might military more most mr mrs much must my near nearly new news next nine no none nor north northern not
now of off officials old on once one only or other our out over own people photo photos picture pictures police
post posts president per said same second see seen seven she should show shows since six so some source sources
south southern still such ten than that the their them then there these they third this those three through to
today together too top troops two under until up us video videos very was we week well were west western what
when where which while who why will with within without woman women world would year years yes yesterday yet you
your january february march april june july august september october november december monday tuesday wednesday
thursday friday saturday sunday spring summer autumn winter street road avenue square park church school
hospital university station airport bridge river lake island hill hills mount army navy force forces union
council court state states city town village mobile reading nice orange normal independence liberty hope
enterprise center centre war god king queen prince general major captain sergeant doctor order man love home house
water fire bank hall forest best eye ball male bar bay book sale split bath deal sandwich hull cork battle wells
rugby stone
front frontline wing border coast beach pole end side point port base camp sea moon earth world line gate sector
unknown crossing checkpoint mall nord sud est ouest norte sur este oeste norden osten westen
tornado hurricane tank convoy wall temple cathedral tower market dam ballots polling summit snow rain volcano bear lion
sunset
"""
_RUSSIAN = """
а без бы был была были было в вам вас весь во вот все всего вы где да для до если есть еще же за здесь и из или
им их к как когда кто ли мне мой мы на над надо не нет но ну о об однако он она они оно от по под после потом
при про с сам сегодня сейчас со так такой там то тогда того тоже только том тут у уже фото видео хотя чем что
чтобы это этот эта эти я январь января февраль февраля март марта апрель апреля май мая июнь июня июль июля
август августа сентябрь сентября октябрь октября ноябрь ноября декабрь декабря понедельник вторник среда четверг
пятница суббота воскресенье мир мира победа победы слава свобода заря луч труд труда правда дружба новый новая
новое старый старая красный белый белая день ночь год война фронт город село поселок станция район область край
улица площадь армия солдаты источник президент снимок кадры военные расстояние дорога путь утром вечером днем
вчера завтра рядом около между примерно более менее свыше почти вид мост русские русских русский русская крымский
крымском крымского крымском курская курский
"""
_UKRAINIAN = """
але без був була були було в вже ви від він вона вони все всі де для до з за зі із й його її їх і коли ми між на
над не ні о об один от по під після при про са сьогодні та так там те ти тільки то тут у хоча це цей ця ці чи що
щоб як який я січень січня лютий лютого березень березня квітень квітня травень травня червень червня липень
липня серпень серпня вересень вересня жовтень жовтня листопад листопада грудень грудня понеділок вівторок середа
четвер пятниця субота неділя фото відео світ миру перемога слава воля зоря правда дружба новий нова нове старий
червоний біла білий день ніч рік війна місто село станція район область вулиця площа армія джерело президент
знімок відстань дорога вранці ввечері вчора завтра поруч близько приблизно понад майже вид
"""
_KOREAN = """
사진 영상 오늘 어제 내일 지금 정부 군대 병력 전쟁 평화 도시 마을 지역 북쪽 남쪽 동쪽 서쪽 사이 거리 약간 이후
이전 당시 현재 모두 우리 그는 그녀 대한 관련 오전 오후 이번 지난 올해 작년 내년 경우 때문 사실 확인 보도 기자
신문 방송 대통령 장관 수도 국가 세계 중앙 동부 서부 남부 북부 대전 고성 이천 수백 수천 수만 상황 이상 이하 주장
철도 기차 열차 군인 이름 중인 부근 부터 최대 최소 대략 직선 도로 위치 장면 촬영
"""
_CHINESE = """
和平 中心 大学 政府 东部 西部 南部 北部 中部 今天 昨天 明天 公里 照片 图片 视频 军队 士兵 铁路 火车 距离 大约
以东 以西 以南 以北 胜利 建设 团结 光明 新华 人民 解放 东方 中央 中山 长江 黄河 东北 西南 西北 东南 华北 华南
报道 记者 拍摄 地区 城市 前线 边境 直线 附近 位于 发现
"""
# Search engines, makers, agencies, armed groups and feasts of which a desk's notes are full: "Google" is an old name of
# Topeka, "Hamas" one of Hamm.
_NOTES = """
hamas wagner taliban boko nato eu un cia eln marines ford toyota tomahawk iskander grad elysee
google baidu lens earth sentinel canon samsung star herald globe tribune dawn victory liberation ramadan christmas mehr
xinhua tass lana sana maan
"""
# What stands in the column of a place where nobody knew its name.
_KINDS = """
дом двор шахта река окоп суд метро порт юг восток запад север
haus strand marche foret estacion aeropuerto iglesia puente puerto rua praca escola igreja meydan sahil las
مدرسة مسجد مدينة الشمال 海岸
"""
COMMON: frozenset[str] = frozenset(f"{_ENGLISH} {_NOTES} {_RUSSIAN} {_UKRAINIAN} {_KOREAN} {_CHINESE} {_KINDS}".split())
"""Folded words that are no mention by themselves."""

_GIVEN = """
vladimir sergey alexander victoria sofia sophia florence charlotte austin madison jackson lincoln sydney carmen
santiago diego george james john kim lee park joseph francis jordan israel dallas paris chelsea владимир
константин виктория александр сергей роман анна мария софия володимир олександр
"""
GIVEN_NAMES: frozenset[str] = frozenset(f"{_GIVEN}".split())
"""Names of people that are towns too: no mention where another capitalised word follows that is no part of a place."""
