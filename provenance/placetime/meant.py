"""Of several places of a name the one that is meant, where the data leaves no doubt; else none."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from ..gazetteer.everyday import COMMON
from ..gazetteer.find import Candidate, Form, find
from ..gazetteer.keys import Script, fold, script_of
from ..gazetteer.mentions import WRITE_CYRILLIC
from ..gazetteer.romanised import romanised
from ..gazetteer.table import Kind

# In a country that was named, the largest place is meant when it is ten times the next.
TIMES_THE_NEXT = 10
# "Lebanon" is the country beside towns of thirty thousand; "Luxembourg" or "Mexico" may be the city.
TOWN_BESIDE_A_COUNTRY = 50_000
# Nobody who means a town abroad that is a fifth of the country of its name leaves its own country out.
TIMES_ABROAD = 5
# A state that is one city (Singapore, Hong Kong) is the city.
MOST_OF_A_COUNTRY = 0.9
# GeoNames lists names of every worth: Kashmir is Cashmere in Washington, Google was Topeka in jest. Where no country is
# given, a place under another name than its own is meant only if it is large, or if the two are spellings of one name.
LARGE, SPELLED_ALIKE = 50_000, 0.7
# Romanised Cyrillic beside GeoNames' name: Кабул and Kabul are one, Хасан and Hassan (0.83) are two.
SOUNDS_ALIKE = 0.85
# In letters other than Latin a town abroad bears a translated name: Москва is no Moscow in Idaho, nor a village of that
# name, where the other has a million people and fifty times as many.
MILLION, TIMES_A_TOWN, VILLAGE = 1_000_000, 50, 2_000
# Where Cyrillic is written, or Russian read: names there are nobody's translation.
HOME = WRITE_CYRILLIC | frozenset(("AM", "AZ", "EE", "GE", "LT", "LV", "MD", "TM", "UZ", "XK"))
# Nobody who means a hamlet leaves the region of its name out that has a hundred times its people: Minnesota is no
# Minneota. So many people a place may have where GeoNames has no number.
TIMES_A_HAMLET, UNRECORDED = 100, 1_000


def chosen(candidates: list[Candidate], *, given: bool) -> Candidate | None:
    """The candidate that is meant; None where several may be, or the only one need not be.

    `given`: the country was named, so that the largest is meant where it is ten times the next.
    """
    if not given and not any(map(_more_than_a_word, candidates)):
        return None
    if len(candidates) == 1:
        return candidates[0] if given or _meant(candidates[0]) else None
    first, *others = candidates
    if first.kind is Kind.COUNTRY:
        if parts := [one for one in others if _part_by_its_own_name(one, first)]:
            return parts[0]
        return None if any(_as_likely(one, first) for one in others) else first
    if region := _region_meant(candidates):
        return region
    given = given or len({one.cc for one in candidates}) == 1
    ranked = sorted(candidates, key=lambda one: -one.population)
    if not given and _at_home(ranked):
        return ranked[0]
    clear = ranked[0].population > TIMES_THE_NEXT * ranked[1].population or (given and _alone_by_its_own_name(ranked))
    return ranked[0] if clear and (given or _alone_by_its_own_name(ranked) or _beside_hamlets(ranked)) else None


def _more_than_a_word(one: Candidate) -> bool:
    """Whether a name is no everyday word, or that of a large place: Nice, but neither Hospital in Ireland nor Est
    in Burkina Faso.
    """
    large = one.population >= LARGE and one.kind is not Kind.REGION and not beside_its_own(one)
    return large or COMMON.isdisjoint((one.base, fold(one.matched)))  # дорога is no Dorog


def _beside_hamlets(ranked: Sequence[Candidate]) -> bool:
    """Whether a large city is beside places a hundredth of it: Cairo, and Cairo in Georgia.

    Under another name than its own only where no place has it for its own: Hassan in Karnataka is no Khasan.
    """
    first, *others = ranked
    script = script_of(first.base)
    if first.kind is not Kind.SETTLEMENT:
        return False
    if script is not Script.LATIN and first.form is Form.EXACT:
        if first.population >= MILLION and all(_times_less(one, first) for one in others):
            return True
        if _sounds_its_own(first) and all(one.form is not Form.EXACT for one in others):  # Буча, and genitives of Buč
            return True
    village = script is Script.LATIN and all(one.population <= VILLAGE and _times_less(one, first) for one in others)
    if first.population < LARGE or not (village or all(hamlet_beside(one, first) for one in others)):
        return False
    match script:
        case Script.LATIN:
            return not beside_its_own(first) or (by_its_own(first) and all(map(beside_its_own, others)))
        case Script.CYRILLIC:
            return _sounds_its_own(first) or not any(map(_sounds_its_own, others))
    return False  # of other letters the data does not tell


def _at_home(ranked: Sequence[Candidate]) -> bool:
    """Whether a name in Cyrillic letters is that of a large town where they are written, and the others' is translated:
    Одесса is no Odessa in Texas.

    Two towns at home are two, though one has eighteen times the people (Донецк), unless the other is a village.
    """
    first, *others = ranked
    if script_of(first.base) is not Script.CYRILLIC or any(one.kind is not Kind.SETTLEMENT for one in ranked):
        return False
    own = first.form is Form.EXACT and first.cc in WRITE_CYRILLIC and _sounds_its_own(first)
    abroad = (one.population * TIMES_ABROAD < first.population and one.cc not in HOME for one in others)
    villages = (_times_less(one, first) for one in others)
    return own and first.population >= LARGE and all(map(any, zip(abroad, villages, strict=True)))


def _times_less(one: Candidate, first: Candidate) -> bool:
    return max(one.population, UNRECORDED) * TIMES_A_TOWN < first.population


def _sounds_its_own(one: Candidate) -> bool:
    """Whether a name in Cyrillic letters is that of GeoNames in Latin ones."""
    alike = SequenceMatcher(None, fold(one.name), romanised(one.base), autojunk=False)
    return alike.ratio() >= SOUNDS_ALIKE


def _region_meant(candidates: Sequence[Candidate]) -> Candidate | None:
    """The region of a name that all others have in another form, beside their own or as hamlets in comparison."""
    regions = sorted((one for one in candidates if one.kind is Kind.REGION), key=lambda one: -one.population)
    if not regions or regions[0].base in COMMON:
        return None
    region = regions[0]
    others = (one for one in candidates if one is not region)
    less = (one.form > region.form or not by_its_own(one) or hamlet_beside(one, region) for one in others)
    return region if by_its_own(region) and all(less) else None


def _as_likely(one: Candidate, country: Candidate) -> bool:
    """Whether a place can be meant as well as a country of the name: Georgia may be the state, Luxembourg the city.

    A place with another name of its own cannot (Iraq is no Arak), nor can the city of a state that is one.
    """
    if beside_its_own(one) or one.form is not country.form:
        return False
    if one.kind is Kind.REGION:
        return one.cc != country.cc and one.population > country.population
    if one.kind is Kind.COUNTRY:
        return True
    if one.cc == country.cc:
        share = one.population / max(1, country.population)
        return one.population >= TOWN_BESIDE_A_COUNTRY and 1 / TIMES_THE_NEXT < share < MOST_OF_A_COUNTRY
    return one.population >= TOWN_BESIDE_A_COUNTRY and one.population * TIMES_ABROAD > country.population


def _part_by_its_own_name(one: Candidate, country: Candidate) -> bool:
    """Whether a region bears the name for its own, by which its country is called in part: England."""
    own = one.kind is Kind.REGION and one.cc == country.cc and fold(one.name) == one.base
    return own and beside_its_own(country)


def beside_its_own(one: Candidate) -> bool:
    """Whether a name in Latin letters is not the place's own; in other letters the data does not tell."""
    return script_of(one.base) is Script.LATIN and fold(one.name) != one.base


def _alone_by_its_own_name(ranked: Sequence[Candidate]) -> bool:
    """Whether the name is that of a large place, and others have it beside their own: Kherson, and Cherso in Greece."""
    first, *others = ranked
    own = first.kind is Kind.SETTLEMENT and fold(first.name) == first.base and first.population >= LARGE
    return own and all(one.kind is Kind.SETTLEMENT and beside_its_own(one) for one in others)


def _meant(one: Candidate) -> bool:
    """Whether the only place of a name can be meant by it alone: under its own name, however small, it can."""
    large = one.population >= LARGE and one.base not in COMMON
    return one.kind is not Kind.SETTLEMENT or large or (by_its_own(one) and not _hamlet_called_as_a_region(one))


def _hamlet_called_as_a_region(one: Candidate) -> bool:
    """Whether a region abroad has its name, for scripts in which the data has no regions: Чечня is a village, too."""
    return any(r.kind is Kind.REGION and r.cc != one.cc and hamlet_beside(one, r) for r in find(one.name))


def by_its_own(one: Candidate) -> bool:
    """Whether the name is the place's own, or a spelling of it (difflib)."""
    alike = SequenceMatcher(None, fold(one.name), one.base, autojunk=False)
    return not beside_its_own(one) or alike.ratio() > SPELLED_ALIKE


def hamlet_beside(one: Candidate, region: Candidate) -> bool:
    """Whether a place has less than a hundredth of the people of a region or city."""
    return max(one.population, UNRECORDED) * TIMES_A_HAMLET < region.population
