"""Which addresses lead to one and the same post, and which only look as if they did."""

import pytest

from provenance.model.address import page_of

ONE = {
    "X": (
        "https://x.com/status6/status/1857000000000000000",
        "https://twitter.com/Status6/status/1857000000000000000?s=20&t=abc",
        "http://mobile.twitter.com/status6/statuses/1857000000000000000/",
        "https://www.x.com/i/web/status/1857000000000000000#m",
        "https://x.com/status6/status/1857000000000000000/photo/2",
    ),
    "Facebook": (
        "https://www.facebook.com/desk/posts/pfbid0abc",
        "https://m.facebook.com/desk/posts/pfbid0abc/",
        "https://mbasic.facebook.com/desk/posts/pfbid0abc",
    ),
    "Reddit": (
        "https://www.reddit.com/r/trains/comments/1abcde/guns_on_cars/",
        "https://old.reddit.com/r/trains/comments/1abcde/",
        "https://reddit.com/comments/1abcde?utm_source=share",
        "https://redd.it/1abcde",
        "https://www.reddit.com/gallery/1abcde",
    ),
    "YouTube": (
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s",
        "https://www.youtube.com/watch?feature=share&v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?si=abc",
        "https://m.youtube.com/watch/?v=dQw4w9WgXcQ",
        "https://youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    ),
    "comment on YouTube": (
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=UgxAbCdEfGhIjKlMnOp4AaABAg",
        "https://youtu.be/dQw4w9WgXcQ?si=abc&lc=UgxAbCdEfGhIjKlMnOp4AaABAg",
    ),
    "comment on Instagram": (
        "https://www.instagram.com/p/CxYz123_-Ab/c/17900000000000001/",
        "https://instagram.com/desk/reel/CxYz123_-Ab/c/17900000000000001?igsh=1",
    ),
    "comment on TikTok": (
        "https://www.tiktok.com/@desk/video/7300000000000000000?share_comment_id=7361174121373582123&share_item_id=1",
        "https://m.tiktok.com/v/7300000000000000000.html?share_comment_id=7361174121373582123",
        "https://www.tiktok.com/@desk/video/7300000000000000000?comment_id=7361174121373582123&is_copy_url=1",
        "https://www.tiktok.com/@desk/video/7300000000000000000?is_copy_url=1&amp;comment_id=7361174121373582123",
    ),
    "comment on Facebook": (
        "https://www.facebook.com/desk/posts/pfbid0abc?comment_id=1774892729333965&__tn__=R",
        "https://m.facebook.com/story.php?story_fbid=1&id=2&comment_id=1774892729333965",
        "https://www.facebook.com/desk/posts/1774890499334188?comment_id=1774890499334188_1774892729333965",
        "https://de-de.facebook.com/desk/posts/1?comment_id=Y29tbWVudDoxNzc0ODkwNDk5MzM0MTg4XzE3NzQ4OTI3MjkzMzM5NjU%3D",
    ),
    "answer to a comment on Facebook": (
        "https://www.facebook.com/desk/posts/pfbid0abc?comment_id=1774892729333965&reply_comment_id=1775084782648093",
        "https://facebook.com/groups/1/posts/2/?reply_comment_id=1775084782648093&comment_id=1774892729333965",
    ),
    "comment on VK": (
        "https://vk.com/wall-12_345?reply=346",
        "https://m.vk.com/wall-12_345?reply=346&thread=340#reply346",
        "https://vk.ru/wall-12_345_r346",
    ),
    "comment on Telegram": (
        "https://t.me/desk_channel/77?comment=9",
        "https://t.me/s/Desk_Channel/77?single&comment=9",
    ),
    "comment on Reddit": (
        "https://www.reddit.com/r/trains/comments/1abcde/guns_on_cars/fffff1/?context=3",
        "https://old.reddit.com/r/trains/comments/1abcde/_/fffff1",
        "https://www.reddit.com/u/desk/comments/1abcde/guns_on_cars/fffff1/",
        "https://www.reddit.com/r/trains/comments/1abcde/comment/fffff1/",
    ),
    "Threads": ("https://www.threads.net/@desk/post/CxYz123_-Ab", "https://threads.com/@desk/post/CxYz123_-Ab?xmt=1"),
    "Instagram": ("https://instagram.com/p/CxYz123_-Ab/", "https://www.instagram.com/desk/reel/CxYz123_-Ab?igsh=1"),
    "TikTok": (
        "https://www.tiktok.com/@desk/video/7300000000000000000",
        "https://m.tiktok.com/@other/photo/7300000000000000000?lang=en",
    ),
    "VK": ("https://vk.com/wall-12_345", "https://m.vk.com/wall-12_345?from=x", "https://vk.ru/wall-12_345"),
    "Telegram": ("https://t.me/desk_channel/77", "https://t.me/s/Desk_Channel/77?single", "https://telegram.me/desk_channel/77"),
    "OK": ("https://ok.ru/group/1/topic/2", "https://m.ok.ru/group/1/topic/2"),
}  # fmt: skip
OTHERS = (
    ("https://x.com/a/status/1857000000000000000", "https://x.com/a/status/1857000000000000001"),
    ("https://x.com/a/status/1857000000000000000", "https://my-x.com/a/status/1857000000000000000"),
    ("https://x.com/a/status/1857000000000000000", "https://x.com.evil.example/a/status/1857000000000000000"),
    ("https://x.com/a/status/1857000000000000000", "https://evil.example/x.com/a/status/1857000000000000000"),
    ("https://instagram.com/p/CxYz123_-Ab", "https://instagram.com/p/cxyz123_-ab"),
    ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dqw4w9wgxcq"),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/watch?v=aaaaaaaaaaa"),
    ("https://www.youtube.com/embed/videoseries?list=1", "https://www.youtube.com/embed/videoseries?list=2"),
    ("https://www.youtube.com/watch?list=1", "https://www.youtube.com/watch?list=2"),
    ("https://reddit.com/r/a/comments/1abcde/t/", "https://reddit.com/r/a/comments/1abcde/t/fffff1/"),
    ("https://redd.it/1abcde", "https://v.redd.it/1abcde"),
    ("https://l.facebook.com/l.php?u=1", "https://facebook.com/l.php?u=1"),
    ("https://vk.com/wall-12_345", "https://vk.com/wall-12_345?reply=346"),
    ("https://vk.com/wall-12_345", "https://vk.com/wall-12_345?w=wall-12_999"),  # another post, laid over it
    ("https://t.me/desk_channel/77", "https://t.me/desk_channel/77?comment=9"),
    ("https://t.me/c/1234567/77", "https://t.me/c/7654321/77"),
    ("https://instagram.com/p/CxYz123_-Ab", "https://instagram.com/p/CxYz123_-Ab/c/17900000000000001"),
    (
        "https://instagram.com/p/CxYz123_-Ab/c/17900000000000001",
        "https://instagram.com/p/CxYz123_-Ab/c/17900000000000002",
    ),
    (
        "https://instagram.com/p/CxYz123_-Ab/c/17900000000000001",
        "https://instagram.com/p/CxYz123_-Ab/c/17900000000000001/r/17900000000000002",
    ),
    ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ?lc=UgxAbCdEfGhIjKlMnOp4AaABAg"),
    (
        "https://youtu.be/dQw4w9WgXcQ?lc=UgxAbCdEfGhIjKlMnOp4AaABAg",
        "https://youtu.be/dQw4w9WgXcQ?lc=UgxAbCdEfGhIjKlMnOp4AaABAg.9xAbCdEfGhIjKlMnOp4Aa",
    ),
    (
        "https://www.tiktok.com/@desk/video/7300000000000000000",
        "https://www.tiktok.com/@desk/video/7300000000000000000?share_comment_id=7361174121373582123",
    ),
    ("https://vk.com/wall-12_345?reply=346", "https://vk.com/wall-13_345?reply=346"),
    ("https://t.me/desk_channel/77?comment=9", "https://t.me/desk_channel/78?comment=9"),
    ("https://t.me/desk_group/77?comment=9", "https://t.me/desk_group/77/78?comment=9"),
    ("https://www.threads.com/@a/post/CxYz123_-Ab", "https://www.threads.com/@b/post/CxYz123_-Ac"),  # an answer
    ("https://a.tumblr.com/post/1", "https://b.tumblr.com/post/1"),
    ("https://x.com/desk", "https://x.com/desk/media"),
)


@pytest.mark.parametrize("service", ONE)
def test_one_post_is_one_page_whatever_address_leads_to_it(service: str) -> None:
    assert len({page_of(address) for address in ONE[service]}) == 1
    assert page_of(ONE[service][0])


def test_posts_of_all_services_are_pages_of_their_own() -> None:
    assert len({page_of(addresses[0]) for addresses in ONE.values()}) == len(ONE)


@pytest.mark.parametrize(("first", "second"), OTHERS)
def test_what_only_looks_alike_is_another_page(first: str, second: str) -> None:
    assert page_of(first) != page_of(second)


def test_what_is_no_post_is_not_named_as_one() -> None:
    assert page_of("https://t.me/joinchat/5") == "t.me/joinchat/5"
    assert page_of("https://telegram.me/addstickers/5?x=1") == "t.me/addstickers/5?x=1"
    assert page_of("https://redd.it/user") == "redd.it/user" and page_of("https://redd.it/users1").startswith(
        "Reddit post"
    )
    assert page_of("https://t.me/joinchats/5").startswith("Telegram post")
    assert page_of("https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=").startswith("YouTube video")
    assert page_of("https://youtu.be/dQw4w9WgXcQ?lc=a%20b") == "youtu.be/dQw4w9WgXcQ?lc=a%20b"
    tiktok = "tiktok.com/@desk/video/7300000000000000000?share_comment_id=x"
    assert page_of(f"https://{tiktok}") == tiktok


def test_nothing_that_can_be_written_breaks_it() -> None:
    for address in ("https://x.com", "https://youtube.com/watch", "https://youtube.com/watch?v=", "https://[x/", "x"):
        assert isinstance(page_of(address), str)
    assert page_of("https://twitter.com/") == page_of("https://www.x.com") == ""
