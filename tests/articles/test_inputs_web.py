"""Addresses, lists of feeds and days of the portal among the inputs: only with a fetcher, each in its turn, each article once."""

from datetime import date

import pytest

from tracker.articles import InputError, Problem, inputs, read_inputs
from tracker.articles.addresses import Pace

LEFT = "120 soldiers left Gao on Monday. The column was seen on the road to the river by two shopkeepers who watched it pass before noon."


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(inputs, "Pace", lambda: Pace(0.0))


@pytest.fixture
def news(site, monkeypatch):
    """A site with two reports, a feed of both, and a day of the portal."""
    head = '<meta property="article:published_time" content="2022-02-03T07:00:00Z">'
    for n in (1, 2):
        site.page(f"/{n}", f"<html><head><title>Report {n}</title>{head}</head><body><article><p>{n}: {LEFT}</p></article></body></html>")
    items = "".join(f"<item><link>{site.url(f'/{n}')}</link></item>" for n in (1, 2))
    site.page("/feed", f"<rss version='2.0'><channel><title>Ledger</title>{items}</channel></rss>", "text/xml")
    site.page("/portal/2022_February_2", "<ul><li>Ten left Gao.</li></ul>")
    monkeypatch.setattr("tracker.articles.portal.PORTAL", site.url("/portal/"))
    monkeypatch.setattr("tracker.articles.addresses.portal_day", lambda url: date(2022, 2, 2) if "2022_February_2" in url else None)
    # Lists are for the web's own ports; these tests serve on others.
    monkeypatch.setattr("tracker.articles.opml.target_of", lambda url: url)
    return site


def read(site, *names, **given):
    found = list(read_inputs([str(name) for name in names], fetcher=site.fetcher, **given))
    return [x for x in found if not isinstance(x, Problem)], [x for x in found if isinstance(x, Problem)]


def test_addresses_stand_among_files(news, tmp_path):
    file = tmp_path / "one.txt"
    file.write_text("Two ships sailed.", encoding="utf-8")
    articles, problems = read(news, file, news.url("/1"), news.url("/gone"), "portal:2022-02-02", "nope.txt")
    assert [a.text[:14] for a in articles] == ["Two ships sail", "1: 120 soldier", "Ten left Gao."]
    assert [p.reason for p in problems] == ["answers 404", "there is no such file or folder"]


def test_an_article_that_was_fetched_before_is_told_by_its_own_address(news):
    articles, problems = read(news, news.url("/feed"), news.url("/1"))
    assert [a.url for a in articles] == [news.url("/1"), news.url("/2")]
    assert [(p.where, p.reason) for p in problems] == [(news.url("/1"), "the same article was read before")]


@pytest.mark.parametrize("name", ["feeds.opml", "FEEDS.OPML", "list.txt"])
def test_a_list_of_feeds_is_followed_as_a_file_and_in_a_folder(name, news, tmp_path):
    url, bad = news.url("/feed"), news.url("/gone")
    outlines = f'<opml><body><outline text="Mine" xmlUrl="{url}"/><outline xmlUrl="{bad}"/></body></opml>'
    (tmp_path / name).write_text(f"# Mine\n{url}\n{bad}\n" if name.endswith("txt") else outlines, encoding="utf-8")
    for given in (tmp_path, tmp_path / name):
        articles, (problem,) = read(news, given)
        assert [a.title for a in articles] == ["Report 1", "Report 2"]
        assert {a.source for a in articles} == {"Ledger" if name.endswith("txt") else "Mine"}
        assert str(problem) == f"{bad}: answers 404; check the address"


def test_a_text_that_mentions_an_address_is_an_article(news, tmp_path):
    file = tmp_path / "one.txt"
    file.write_text(f"{LEFT}\n{news.url('/1')}\n", encoding="utf-8")
    articles, problems = read(news, file)
    assert [a.text for a in articles] == [f"{LEFT}\n{news.url('/1')}\n"] and not problems and news.asked == []


@pytest.mark.parametrize("day", ["2999-01-01", "2022-02-30", "2022-01-01..2023-06-01", ""])
def test_days_that_cannot_be_read_are_told_and_nothing_is_fetched(day, news):
    articles, (problem,) = read(news, f"portal:{day}")
    assert not articles and problem.where == f"portal:{day}" and problem.cure and news.asked == []


def test_nothing_is_fetched_before_it_is_asked_for(news, tmp_path):
    found = read_inputs([news.url("/feed"), "portal:2022-02-02"], fetcher=news.fetcher)
    assert news.asked == []
    assert next(found).title == "Report 1"
    assert [path for _, path in news.asked] == ["/feed", "/1"]
    list(found)
    assert [path for _, path in news.asked] == ["/feed", "/1", "/2", "/portal/2022_February_2"]


def test_one_pace_holds_for_all_inputs(news, monkeypatch):
    waited = []

    class Counted(Pace):
        def wait(self, address):
            waited.append((id(self), address))

    monkeypatch.setattr(inputs, "Pace", Counted)
    read(news, news.url("/1"), "portal:2022-02-02")
    assert len({pace for pace, _ in waited}) == 1 and len(waited) == 2


def test_without_a_fetcher_nothing_is_fetched_and_all_is_told(news, tmp_path, connections):
    (tmp_path / "a.opml").write_text(f'<opml><body><outline xmlUrl="{news.url("/feed")}"/></body></opml>', encoding="utf-8")
    (tmp_path / "b.txt").write_text(news.url("/feed"), encoding="utf-8")
    found = list(read_inputs([news.url("/1"), "portal:2022-02-02", str(tmp_path)]))
    assert [str(x).split(": ")[1].partition(";")[0] for x in found if isinstance(x, Problem)] == ["addresses are not fetched"] * 3
    assert [x.text for x in found if not isinstance(x, Problem)] == [news.url("/feed")]
    assert connections == [] and news.asked == []


def test_a_bad_day_for_all_is_refused_at_once(news):
    with pytest.raises(InputError, match="is not a date"):
        read_inputs([news.url("/1")], published="soon", fetcher=news.fetcher)
    assert news.asked == []
