"""Corrections of corrections: which of the items that take the weight of others have lost their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def overturned(defeated_by: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Labels that something which stands has defeated; what they defeated in turn is as it was.

    `defeated_by`: by label, what takes its weight. An item stands where all that would take its weight is overturned:
    the grounded extension of an argumentation framework (Dung 1995, section 4). Two that defeat each other are neither
    in it nor overturned, so that each takes the other's weight.
    """
    against = {label: set(others) for label, others in defeated_by.items()}
    against |= {one: set() for others in tuple(against.values()) for one in others if one not in against}
    victims: dict[str, list[str]] = {}
    for label, others in against.items():
        for one in others:
            victims.setdefault(one, []).append(label)
    gone = set[str]()
    standing = [label for label, others in against.items() if not others]
    while standing:
        for victim in victims.get(standing.pop(), ()):
            if victim in gone:
                continue
            gone.add(victim)
            for freed in victims.get(victim, ()):
                against[freed].discard(victim)
                if not against[freed] and freed not in gone:
                    standing.append(freed)
    return frozenset(gone)
