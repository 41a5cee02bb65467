"""From an address to articles: pages, feeds with all they link to, days of the portal; and what fails falls back or is told."""

from datetime import date

import pytest

from tracker.articles import Problem
from tracker.articles.addresses import Pace, read_address, read_portal
from tracker.articles.records import Given

LEFT = "120 soldiers left Gao on Monday. The column was seen on the road to the river by two shopkeepers who watched it pass before noon."
LONG = " ".join([LEFT, "They will join the soldiers who hold the ferry landing, and nothing was said about when they come home."] * 3)


def page(text=LEFT, title="Convoy leaves Gao", head=""):
    body = f"<article><h1>{title}</h1><p>{text}</p></article>"
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def dated(day):
    return f'<meta property="article:published_time" content="{day}T07:00:00Z">'


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self):
        self.now, self.slept = 100.0, []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    @property
    def pace(self):
        return Pace(clock=lambda: self.now, sleep=self.sleep)


@pytest.fixture
def clock():
    return Clock()


def read(site, address, clock, **given):
    found = list(read_address(address, site.fetcher, Given(**given), clock.pace))
    return [x for x in found if not isinstance(x, Problem)], [x for x in found if isinstance(x, Problem)]


def feed(site, *items, title="The Sahel Ledger"):
    return site.page("/feed", f"<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>", "application/rss+xml")


def item(link, title="From the feed", day="Thu, 03 Feb 2022 07:00:00 GMT", text="Short."):
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate><description>{text}</description></item>"


def test_a_page_is_one_article(site, clock):
    url = site.page("/gao", page(head=dated("2022-02-03") + '<meta property="og:site_name" content="The Sahel Ledger">'))
    (article,), problems = read(site, site.redirect("/go", "/gao"), clock)
    assert LEFT in article.text and not problems
    assert (article.title, article.source, article.published) == ("Convoy leaves Gao", "The Sahel Ledger", date(2022, 2, 3))
    assert article.url == url


def test_what_is_given_goes_before_what_a_page_says(site, clock):
    url = site.page("/gao", page(head=dated("2022-02-03")))
    (article,), _ = read(site, url, clock, published=date(2020, 1, 1), title="T", source="Mine", url="https://x.example/")
    assert (article.published, article.title, article.source, article.url) == (date(2020, 1, 1), "T", "Mine", "https://x.example/")


def test_a_page_without_a_date_is_kept_and_told(site, clock):
    (article,), (note,) = read(site, site.page("/gao", page()), clock)
    assert article.published is None and article.source == "127.0.0.1"
    assert not note.left_out and note.reason == "the page does not say when it was published"


@pytest.mark.parametrize(
    ("own", "url"),
    [
        ("http://127.0.0.1:{port}/report", "http://127.0.0.1:{port}/report"),
        ("http://other.example/gao", "http://127.0.0.1:{port}/gao?from=feed"),
        ("http://127.0.0.1:{port}/", "http://127.0.0.1:{port}/gao?from=feed"),
        ("javascript:alert(1)", "http://127.0.0.1:{port}/gao?from=feed"),
    ],
)
def test_a_page_names_its_own_address_only_within_its_site(own, url, site, clock):
    head = f'<link rel="canonical" href="{own.format(port=site.port)}"><meta property="og:url" content="{own.format(port=site.port)}">'
    (article,), _ = read(site, site.page("/gao?from=feed", page(head=head)), clock)
    assert article.url == url.format(port=site.port)


@pytest.mark.parametrize(
    ("codec", "kind"),
    [
        ("utf-8", "text/html; charset=iso-8859-1"),
        ("cp1252", "text/html; charset=utf-8"),
        ("cp1252", "text/html; charset=no-such"),
        ("cp1252", "text/html"),
        ("iso-8859-2", "text/html; charset=iso-8859-2"),
        ("utf-16", "text/html"),
    ],
)
def test_a_charset_that_is_wrong_does_not_spoil_the_words(codec, kind, site, clock):
    text = LEFT.replace("Gao", "Gaö") + " " + LONG
    (article,), _ = read(site, site.page("/gao", page(text).encode(codec), kind), clock)
    assert "Gaö" in article.text


def test_plain_text_is_read_as_it_is(site, clock):
    (article,), _ = read(site, site.page("/gao.txt", f"date 2022-02-02\n{LEFT}", "text/plain"), clock)
    assert article.text.endswith(LEFT) and article.published == date(2022, 2, 2) and article.url == site.url("/gao.txt")


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        ("<html><body></body></html>", "text/html", "no article was found in the page"),
        ("", "text/html", "no article was found in the page"),
        ("", "text/plain", "the text is empty"),
        (b"%PDF-1.7 x", "text/html", "this is a PDF, not text"),
        (b"\x00\x01\x02" * 99, "text/html", "these bytes are not text"),
        ("<opml version='2.0'><body/></opml>", "text/xml", "this is a list of feeds"),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "text/html", "the feed holds no entries"),
        (
            page("Das Ministerium teilte mit, dass 200 Mann nach Mali verlegt werden. " * 6, "Mali"),
            "text/html",
            "the text seems to be not English",
        ),
    ],
)
def test_what_gives_no_article_is_told_with_its_address(body, kind, reason, site, clock):
    url = site.page("/x", body, kind)
    articles, (problem,) = read(site, url, clock)
    assert not articles and problem.where == url and problem.reason.startswith(reason) and problem.cure and problem.left_out


def test_a_feed_gives_the_pages_it_links_to(site, clock):
    site.page("/a", page(head=dated("2021-01-01") + '<meta property="og:site_name" content="Ledger online">'))
    site.page("/b", page(LONG))
    url = feed(site, item("/a"), item("/b", "", ""))
    (first, second), problems = read(site, url, clock, source="Mine", published=date(2020, 1, 1), title="Given")
    assert LEFT in first.text and (first.published, first.title, first.source) == (date(2022, 2, 3), "From the feed", "Ledger online")
    assert (second.published, second.title, second.source, second.url) == (date(2020, 1, 1), "Convoy leaves Gao", "Mine", site.url("/b"))
    assert not problems
    _, (note,) = read(site, url, clock)
    assert (note.where, note.reason) == (site.url("/b"), "the page does not say when it was published")


def test_an_entry_whose_page_cannot_be_read_stands_with_the_feeds_own_text(site, clock):
    site.page("/paywall", "", status=403)
    url = feed(site, item("/paywall", text=LONG), item("http://10.0.0.1/", text=LONG + " Again."), item("", text=LONG + " Alone."))
    articles, notes = read(site, url, clock)
    assert [a.text for a in articles] == [LONG, LONG + " Again.", LONG + " Alone."]
    assert {(a.published, a.title, a.source) for a in articles} == {(date(2022, 2, 3), "From the feed", "The Sahel Ledger")}
    assert [note.reason.partition(", so")[0] for note in notes] == [
        "its page was not read (answers 403)",
        "its page was not read (the address lies in a private network)",
        "its page was not read (the entry has no address)",
    ]
    assert not any(note.left_out for note in notes) and notes[0].where == site.url("/paywall")


def test_an_entry_with_a_teaser_only_is_left_out_and_the_rest_is_read(site, clock):
    site.page("/b", page())
    articles, (problem,) = read(site, feed(site, item("/gone", text=LEFT), item("/b")), clock)
    assert len(articles) == 1 and str(problem) == f"{site.url('/gone')}: answers 404; check the address" and problem.left_out


def test_an_entry_in_another_language_is_told(site, clock):
    words = "Das Ministerium teilte mit, dass 200 Mann nach Mali verlegt werden. " * 8
    site.page("/b", page(words, "Mali"))
    articles, (problem,) = read(site, feed(site, item("/b", text=words)), clock)
    assert not articles and "not English" in problem.reason and problem.left_out


def test_entries_beyond_the_limit_are_told(site, clock, monkeypatch):
    monkeypatch.setattr("tracker.articles.feeds.ENTRIES", 2)
    for n in range(4):
        site.page(f"/{n}", page(f"{n} {LONG}"))
    articles, (problem,) = read(site, feed(site, *(item(f"/{n}") for n in range(4))), clock)
    assert len(articles) == 2 and problem.reason.endswith("entries; 2 are left out") and problem.left_out


def test_no_host_is_asked_twice_in_a_second(site, resolver, clock):
    for n in range(3):
        site.page(f"/{n}", page(f"{n} {LONG}"))
    other = site.url("/2", "other.example")
    articles, _ = read(site, feed(site, item("/0"), item(other), item("/1")), clock)
    # The feed, a wait, the first page; the other host at once; a wait, the second page.
    assert len(articles) == 3 and clock.slept == [1.0, 1.0]


def test_a_pause_that_passed_by_itself_is_not_waited_for_again(clock):
    pace = clock.pace
    pace.wait("http://a.example/1")
    clock.now += 0.75
    pace.wait("http://A.EXAMPLE/2")
    clock.now += 5
    pace.wait("http://a.example/3")
    pace.wait("http://[")
    assert clock.slept == [0.25]


def test_entries_are_fetched_one_by_one_as_they_are_asked_for(site, clock):
    for n in range(3):
        site.page(f"/{n}", page(f"{n} {LONG}"))
    found = read_address(feed(site, *(item(f"/{n}") for n in range(3))), site.fetcher, None, clock.pace)
    assert site.asked == []
    next(found)
    assert [path for _, path in site.asked] == ["/feed", "/0"]
    next(found)
    assert [path for _, path in site.asked] == ["/feed", "/0", "/1"]


def test_a_day_of_the_portal_is_known_by_its_address(site, clock, monkeypatch):
    site.page("/wiki/Portal:Current_events/2022_February_2", "<ul><li>Ten left Gao.</li><li>Ten sailed.</li></ul>")
    articles, problems = read(site, site.url("/wiki/Portal:Current_events/2022_February_2"), clock)
    assert [(a.text, a.published) for a in articles] == [("Ten left Gao.", date(2022, 2, 2)), ("Ten sailed.", date(2022, 2, 2))]
    monkeypatch.setattr("tracker.articles.portal.PORTAL", site.url("/wiki/Portal:Current_events/"))
    first, second, problem = read_portal("portal:2022-02-02..2022-02-03", site.fetcher, clock.pace)
    assert [first, second] == articles and problem.reason == "answers 404" and problem.where.endswith("/2022_February_3")
    assert not problems
