"""Feeds of every kind: their entries, or a reason; and what is hostile ends in time."""

from datetime import date

import pytest

from tracker.articles import InputError, feeds
from tracker.articles.feeds import Entry, looks_like_feed, read_feed

ADDRESS = "https://news.example/world/feed.xml"
ITEM = "<title>Convoy leaves Gao</title><link>https://news.example/gao</link><description>120 soldiers left Gao.</description>"
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
DAY = '<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2022-02-03</dc:date>'
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def rss(items, version="2.0"):
    return f'<?xml version="1.0"?><rss version="{version}" {CONTENT}><channel><title>The Sahel Ledger</title>{items}</channel></rss>'


def atom(entries):
    return f'<?xml version="1.0"?><feed {ATOM}><title>The Sahel Ledger</title>{entries}</feed>'


def read(text, charset=""):
    return read_feed(text if isinstance(text, bytes) else text.encode(), ADDRESS, charset)


VARIANTS = {
    "RSS 0.91": rss(f"<item>{ITEM}<pubDate>Thu, 03 Feb 2022 07:00:00 GMT</pubDate></item>", "0.91"),
    "RSS 0.92": rss(f"<item>{ITEM}<pubDate>Thu, 03 Feb 2022 07:00:00 GMT</pubDate></item>", "0.92"),
    "RSS 1.0": f"<rdf:RDF {RDF}><channel><title>The Sahel Ledger</title></channel><item>{ITEM}{DAY}</item></rdf:RDF>",
    "RSS 2.0": rss(f"<item>{ITEM}<pubDate>Thu, 03 Feb 2022 07:00:00 +0000</pubDate></item>"),
    "Atom": atom(
        '<entry><title>Convoy leaves Gao</title><link href="https://news.example/gao"/><published>2022-02-03T07:00:00Z</published>'
        "<summary>120 soldiers left Gao.</summary></entry>"
    ),
}


@pytest.mark.parametrize("kind", VARIANTS)
def test_every_kind_gives_the_same_entry(kind):
    assert looks_like_feed(VARIANTS[kind].encode())
    feed = read(VARIANTS[kind])
    words = "120 soldiers left Gao."
    assert feed.entries == (Entry("Convoy leaves Gao", "https://news.example/gao", date(2022, 2, 3), words, words),)
    assert (feed.title, feed.left_out) == ("The Sahel Ledger", 0)


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("<pubDate>Wed, 02 Feb 2022 23:30:00 -0500</pubDate>", date(2022, 2, 2)),
        ("<pubDate>2022-02-02T23:30:00-05:00</pubDate>", date(2022, 2, 2)),
        ("<pubDate>Wed, 2 Feb 2022 23:30 EST</pubDate>", date(2022, 2, 2)),
        ("<pubDate>Wed, 31 Feb 2022 10:00:00 GMT</pubDate>", None),
        ("<pubDate>yesterday</pubDate>", None),
        ("<pubDate></pubDate>", None),
        ("", None),
    ],
)
def test_the_day_is_that_of_the_writers_calendar(stated, day):
    assert read(rss(f"<item>{ITEM}{stated}</item>")).entries[0].published == day


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/gao", "https://news.example/gao"),
        ("gao?a=1&amp;b=2", "https://news.example/world/gao?a=1&b=2"),
        ("//other.example/x", "https://other.example/x"),
        (" http://other.example/x ", "http://other.example/x"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_links_are_absolute_and_of_the_web(link, url):
    assert read(rss(f"<item><title>A</title><link>{link}</link></item>")).entries[0].url == url


def test_the_longest_words_of_an_entry_are_its_text_and_hold_no_markup():
    body = "<p>120 soldiers &amp; 4 cooks left <b>Gao</b>.</p><script>x()</script><p>Two ships sailed.</p>"
    (entry,) = read(rss(f"<item>{ITEM}<content:encoded><![CDATA[{body}]]></content:encoded></item>")).entries
    assert entry.summary == "120 soldiers left Gao."
    assert entry.text == "120 soldiers & 4 cooks left Gao.\nTwo ships sailed."
    xhtml = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>120 soldiers left Gao on foot.</p></div></content>'
    (entry,) = read(atom(f"<entry><title type='html'>&lt;i&gt;Gao&lt;/i&gt;</title><summary>Short.</summary>{xhtml}</entry>")).entries
    assert (entry.title, entry.text) == ("Gao", "120 soldiers left Gao on foot.")


def test_a_broken_feed_gives_what_can_be_read():
    feed = read(rss(f"<item>{ITEM}</item><item><title>Fish & ships</title></item>"))
    assert [entry.title for entry in feed.entries] == ["Convoy leaves Gao", "Fish & ships"]


@pytest.mark.parametrize(
    ("codec", "charset", "head"),
    [
        ("utf-8", "", ""),
        ("utf-16", "", '<?xml version="1.0" encoding="utf-16"?>'),
        ("cp1252", "windows-1252", ""),
        ("iso-8859-2", "", '<?xml version="1.0" encoding="iso-8859-2"?>'),
        ("utf-8", "no-such-charset", '<?xml version="1.0" encoding="utf-8"?>'),
    ],
)
def test_the_charset_is_that_of_the_server_or_of_the_feed(codec, charset, head):
    text = head + f"<rss version='2.0'><channel><item><title>Zürich: 120 men</title>{ITEM[35:]}</item></channel></rss>"
    assert read(text.encode(codec), charset).entries[0].title == "Zürich: 120 men"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("<html><body><p>120 soldiers left Gao.</p></body></html>", "this is no feed"),
        ("120 soldiers left Gao.", "this is no feed"),
        ("https://news.example/feed.xml", "this is no feed"),
        (str(feeds.__file__), "this is no feed"),
        ("", "this is no feed"),
        (b"\x89PNG\r\n\x1a\n", "this is no feed"),
        (rss(""), "the feed holds no entries"),
        (atom(""), "the feed holds no entries"),
        (b" " * 5_000_001, "a feed larger than 5 MB"),
    ],
)
def test_what_is_no_feed_or_too_much_is_told(data, reason):
    with pytest.raises(InputError) as told:
        read(data)
    assert told.value.reason == reason and told.value.cure


def test_a_thousand_entries_are_read_and_the_rest_is_counted(monkeypatch):
    feed = read(rss("".join(f"<item><title>{n}</title></item>" for n in range(1005))))
    assert [entry.title for entry in feed.entries] == [str(n) for n in range(1000)]
    assert feed.left_out == 5


def test_a_feed_that_takes_too_long_is_ended(monkeypatch):
    # Tags that are never closed cost the parser many times the limit, though it would come to an end.
    data = b"<rss version='2.0'><channel>" + b"<item><a>" * 200_000
    assert len(data) < feeds.FEED_CAP
    monkeypatch.setattr(feeds, "FEED_SECONDS", 1.0)
    with pytest.raises(InputError, match="could not be read within 1 seconds"):
        read(data)


@pytest.mark.parametrize(
    "inside",
    [
        '<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)),
        '<!ENTITY m SYSTEM "file:///etc/hostname">',
        '<!ENTITY m SYSTEM "http://127.0.0.1/">',
    ],
)
def test_entities_are_neither_fetched_nor_blown_up(inside, tmp_path):
    data = f'<?xml version="1.0"?><!DOCTYPE rss [{inside}]><rss version="2.0"><channel><item><title>A&m;</title></item></channel></rss>'
    (entry,) = read(data).entries
    assert len(entry.title) < 100 and "127" not in entry.summary


@pytest.mark.parametrize(
    ("data", "is_feed"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- ours --><rss>", True),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", True),
        (b"<rdf:RDF xmlns:rdf='x'>", True),
        (b"<atom:feed>", True),
        ("<rss version='2.0'>".encode("utf-16"), True),
        (b"<rss version='2.0'><channel><title><html> in words</title>", True),
        (b"<!DOCTYPE html><html><feed >", False),
        (b"<html><head><link type='application/rss+xml'>", False),
        (b"<p>about <rss>", True),
        (b"<feedback>", False),
        (b"120 soldiers left Gao.", False),
        (b"", False),
    ],
)
def test_a_feed_is_known_by_how_it_begins(data, is_feed):
    assert looks_like_feed(data) is is_feed
