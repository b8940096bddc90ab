"""Saved results pages: layouts of four engines' kind, what a page must not reach, and pages made to hurt."""

import base64
import quopri
import time

import pytest

from provenance.errors import InputError
from provenance.intake.results.read import read_results
from provenance.model.limits import RESULTS_HITS
from tests.machine import counting_s

A, B, C = (bytes([number]) * 3_000 for number in (1, 2, 3))
ICON = b"i" * 300
EDGE = "----edge--7----"


def uri(data: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"


def page(body: str, at: str = "https://lens.google.com/search?p=1") -> bytes:
    return f"<!DOCTYPE html>\n<!-- saved from url=(0034){at} -->\n<html><body>{body}</body></html>".encode()


def seen(results) -> list[tuple[str, str, bytes | None]]:
    return [(hit.url, hit.title, hit.thumbnail) for hit in results.hits]


def part(kind: str, headers: str, data: bytes) -> bytes:
    head = f"--{EDGE}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n{headers}\r\n\r\n"
    return head.encode() + base64.encodebytes(data).replace(b"\n", b"\r\n") + b"\r\n"


def test_a_grid_of_cards_with_icons_a_script_and_the_query_itself() -> None:
    card = (
        '<div><a href="https://{0}.example/p?a=1&amp;b=2" aria-label="x"><div><img src="{1}"></div><img src="{2}">'
        "<p>On {0}</p></a><p>12 Mar 2015</p></div>"
    )
    body = (
        f"<script>\"<a href='https://evil.example/'>x</a>\"</script>"
        f'<a href="https://www.google.com/x"><img src="{uri(C)}"></a>'
        + "".join(card.format(name, uri(data), uri(ICON)) for name, data in (("one", A), ("two", B)))
        + '<a href="https://policies.google.com/">Privacy</a><a href="javascript:alert(1)">x</a><a href="//">y</a>'
    )
    found = read_results(page(body))
    assert (found.engine, found.more) == ("Google Lens", False)
    assert seen(found) == [
        ("https://one.example/p?a=1&b=2", "On one", A),
        ("https://two.example/p?a=1&b=2", "On two", B),
    ]
    assert "12 Mar 2015" in found.hits[0].around


def test_rows_whose_pages_share_one_picture_and_a_row_without_borrows_none() -> None:
    links = '<a href="https://{}.example/">{}</a><a href="https://{}.example/p">page</a>'
    row = f'<div><div><img src="{{}}"></div><div>{links}</div></div>'
    rows = [row.format(uri(A), "one", "one", "one"), row.format("http://elsewhere.example/x.jpg", "two", "two", "two")]
    found = read_results(page(f"<main>{''.join(rows)}</main>", "https://tineye.com/search/1"))
    assert found.engine == "TinEye"
    assert [hit.thumbnail for hit in found.hits] == [A, A, None, None]


def test_links_of_the_engine_that_carry_a_hit() -> None:
    told = '{"purl": "https://told.example/p", "murl": "https://told.example/i.jpg"}'
    body = f"""<a href="/images/search?pos=1&amp;img_url=https%3A%2F%2Fcarried.example%2F1.jpg"><img src="{uri(A)}"></a>
        <div><a href="/x" m='{told}'><img src="{uri(B)}"></a></div><a href="/url?q=https://www.bing.com/inside">no</a>"""
    found = read_results(page(body, "https://www.bing.com/images/search?q=1"))
    assert [(url, data) for url, _, data in seen(found)] == [
        ("https://carried.example/1.jpg", A),
        ("https://told.example/p", B),
    ]


def test_a_page_without_its_address_in_the_charset_that_it_names() -> None:
    body = """<html><meta charset=windows-1251><p><a href="/images?img_url=https%3A%2F%2Fone.example%2F1.jpg">один</a>
        <p><a href="https://two.example/">два</a>""".encode("cp1251")
    found = read_results(body, engine="Yandex")
    assert [(hit.url, hit.title) for hit in found.hits] == [
        ("https://one.example/1.jpg", "один"), ("https://two.example/", "два"),
    ]  # fmt: skip
    assert (found.engine, found.address) == ("Yandex", "") and read_results(body).engine == ""
    for charset in (b"punycode", b"rot13", b"idna", b"unicode_escape", b"none"):
        assert len(read_results(body.replace(b"windows-1251", charset)).hits) == 2
    other = read_results(page('<a href="https://www.shop.co.jp/x">x</a>', "https://search.yahoo.co.jp/image"))
    assert (other.engine, len(other.hits)) == ("search.yahoo.co.jp", 1)


def test_one_file_with_its_parts_by_address_and_by_id() -> None:
    body = """<html><ul><li><a href="https://one.example/p"><img src="https://avatars.example/1"></a>5 мая 2015 г.</li>
        <li><a href="https://two.example/p"><img src="cid:two"></a></li></ul>
        <div style="background: url(&quot;cid:three&quot;)"><a href="https://three.example/p">three</a></div></html>"""
    at = "https://yandex.com/images/search?rpt=imageview"
    data = (
        f"MIME-Version: 1.0\r\nSnapshot-Content-Location: {at}\r\n"
        f'Content-Type: multipart/related; boundary="{EDGE}"\r\n\r\n'
        f"--{EDGE}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode() + quopri.encodestring(body.encode()).replace(b"\n", b"\r\n")
    data += b"\r\n" + part("image/jpeg", "Content-Location: https://avatars.example/1", A)
    data += part("image/jpeg", "Content-ID: <two>", B) + part("image/jpeg", "Content-ID: <three>", C)
    found = read_results(data + f"--{EDGE}--\r\n".encode())
    assert found.engine == "Yandex Images" and [hit.thumbnail for hit in found.hits] == [A, B, C]
    assert "5 мая 2015" in found.hits[0].around


def test_an_address_that_holds_what_nobody_sees_is_none_and_blank_words_are_no_title() -> None:
    hidden = (r"https://half.example/\ud800", r"https://nul.example/\u0000", r"https://turned.example/\u202ex")
    body = "".join(f"""<p><a m='{{"purl":"{one}"}}' href="/x"></a></p>""" for one in hidden)
    body += '<p><a href="/url?q=https%3A%2F%2Ffed.example%2F%0A"></a></p>'
    body += '<p><a href="https://two.example/\u202ex"></a></p><a href="https://one.example/p" aria-label="   "></a>'
    assert seen(read_results(page(body))) == [("https://one.example/p", "", None)]


def test_files_are_asked_for_by_what_the_page_says_and_never_for_addresses() -> None:
    asked: list[str] = []
    body = "".join(
        f'<p><a href="https://h{number}.example/"><img src="{src}"></a></p>'
        for number, src in enumerate(
            ("p_files/1.jpg", "http://x.example/1.jpg", "//x.example/1.jpg", "file:///etc/passwd")
        )
    )
    read_results(page(body), beside=asked.append)
    assert asked == ["p_files/1.jpg"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no page",
        page(""),
        page('<a href="https://www.google.com/">x</a>'),
        b"Content-Type: multipart/related\r\n\r\nx",
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n\r\n--x--',
        b"<" * 100,
        b"\0<a>\xff",
    ],
    ids=range(8),
)
def test_what_is_no_results_page_is_said(data) -> None:
    with pytest.raises(InputError):
        read_results(data)


HURTING = {
    "unclosed quotes": '<a href="' * 20_000,
    "deep": "<div>" * 30_000 + '<a href="https://a.example/">x</a>',
    "open links to one page": '<a href="https://a.example/">x' * 10_000,
    "open links to many": "".join(f'<a href="https://a{n}.example/">x' for n in range(20_000)),
    "stray ends": "</p>" * 60_000,
    "attributes": f"<a {'x=1 ' * 50_000}>",
    "comments": "<!-->" * 50_000,
    "pictures in one card": f'<a href="https://a.example/">{"<img src=x>" * 10_000}</a>' * 2,
    "styles": '<p style="' + "url(" * 30_000 + '">',
    "raw": "<script>" * 20_000,
    "references": f'<a href="https://a.example/">{"&#60" * 40_000}',
}


@pytest.mark.parametrize("name", HURTING)
def test_pages_made_to_hurt_cost_little(name) -> None:
    counted_s = counting_s()
    began_s = time.process_time()
    try:
        found = read_results(page(HURTING[name] + '<p><a href="https://end.example/">x</a>'), beside=lambda _: None)
        assert 0 < len(found.hits) <= RESULTS_HITS
    except InputError:
        pass
    # Ten times as long, none took over 3 s where the counting takes 0.1.
    assert time.process_time() - began_s < 10 * counted_s
