"""An item of evidence leads to the figures that show it, and to none that is not in the page."""

from __future__ import annotations

import dataclasses
import re

from provenance.findings.timed import timed
from provenance.model.credentials import Credential
from provenance.model.differences import Anomaly, Comparison
from provenance.model.evidence import Trace
from provenance.model.matches import Match
from provenance.model.report import Report
from provenance.output.rendering import draw_map
from provenance.report import html
from provenance.report.figures.match import AtHand, Figure, Figures, MatchFigures
from provenance.report.shown_in import MOST, THUMBNAIL, shown_in


def figure(name: str) -> Figure:
    return Figure(name=name, jpeg=b"\xff\xd8\xff", width_px=9, height_px=9, alt="A picture.")


def test_every_figure_is_led_to_by_what_it_shows_and_every_link_lands(founding: Report) -> None:
    anomaly = next(item for item in founding.evidence if isinstance(item, Anomaly))
    anomalies = {anomaly.id: figure("a.jpg")}
    drawn = Figures(difference=figure("d.jpg"), anomalies=anomalies, thumbnail=figure("t.jpg"))
    page = html.render(founding, {}, drawn, timed=timed(founding.evidence), chart=draw_map(founding))
    ids = set(re.findall(r'id="([^"]+)"', page))
    articles = dict(re.findall(r'<article class="item" id="([^"]+)">(.*?)</article>', page, re.DOTALL))
    led = {item: re.findall(r'<a href="#((?:figure-|timeline|map)[^"]*)">', text) for item, text in articles.items()}
    assert led[anomaly.id] == [f"figure-{anomaly.id}"]
    for kind, anchor in ((Credential, "figure-credentials-1"), (Comparison, "figure-difference")):
        item = next(item for item in founding.evidence if isinstance(item, kind))
        assert led[item.id] == [anchor]
    assert {"timeline", "map"} <= {one for anchors in led.values() for one in anchors}
    assert {one for anchors in led.values() for one in anchors} <= ids


def test_a_match_leads_to_its_points(founding: Report) -> None:
    match = next(item for item in founding.evidence if isinstance(item, Match))
    joined, under, over = map(figure, ("j.jpg", "u.jpg", "l.jpg"))
    of = MatchFigures(
        joined=joined, under_test=under, laid=over, dotted=9, marked="lines join 9 of these", at_hand=AtHand(copy=None)
    )
    found = shown_in(founding.evidence, Figures(of={match.id: of}), line=None, chart=None, suns=(), chains=())
    assert found == {match.id: ((f"figure-{match.id}", "j.jpg"),)}


def test_nothing_is_led_to_that_was_not_drawn(founding: Report) -> None:
    assert shown_in(founding.evidence, Figures(), line=None, chart=None, suns=(), chains=()) == {}
    trace = next(item for item in founding.evidence if isinstance(item, Trace))
    thumbnail = dataclasses.replace(trace, topic=THUMBNAIL)
    found = shown_in([thumbnail], Figures(thumbnail=figure("t.jpg")), line=None, chart=None, suns=(), chains=())
    assert found == {thumbnail.id: (("figure-thumbnail", "t.jpg"),)} and len(found[thumbnail.id]) <= MOST
