"""Days of the portal: each bullet an article of that day, under its headings; what is no day page is told."""

from datetime import date, timedelta

import pytest

from tracker.articles import InputError, Problem
from tracker.articles.portal import SOURCE, portal_address, portal_day, portal_days, read_day

DAY = date(2022, 2, 2)
ADDRESS = portal_address(DAY)

NEW = """<!doctype html><html><head><title>Portal</title></head><body><ul><li>Main page</li></ul>
<div class="mw-parser-output"><div class="current-events-main vevent">
<div class="current-events-heading plainlinks"><div role="heading">February 2</div><ul><li><a href="https://x.example">edit</a></li></ul></div>
<div class="current-events-content description">
<p><b>Armed conflicts and attacks</b>
</p>
<ul><li><a href="/wiki/Sahel">Sahel war</a>
<ul><li><a href="/wiki/Gao">Gao front</a><ul>
<li>About 120 soldiers leave <a href="/wiki/Gao">Gao</a>, and 40
<b>stay</b>.<sup class="reference"><a href="#1">[1]</a></sup>
<a rel="nofollow" class="external text" href="https://ledger.example/gao">(The Sahel Ledger)</a>
<a class="external text" href="//wire.example/1">(Wire)</a></li></ul></li>
<li>Two ships sail with 300 marines. <a class="external text" href="//wire.example/2?a=1&amp;b=2">(Wire via Herald)</a></li></ul></li>
<li>Rebels attack a camp.<ul><li>A second camp falls. <a href="https://wire.example/3">[2]</a></li></ul></li></ul>
<div class="mw-heading"><h3>Disasters</h3><span class="mw-editsection"><a href="https://x.example">edit</a></span></div>
<ul><li>A bridge falls in <a href="https://en.wikipedia.org/wiki/Kati">Kati</a><!-- no -->.<style>.x{}</style></li><li> </li></ul>
</div></div></div><div id="footer"><ul><li>Privacy policy</li></ul></div></body></html>"""


def read(page, **given):
    return list(read_day(page.encode(), DAY, ADDRESS, **given))


def test_each_bullet_is_an_article_of_the_day_under_what_stands_above_it():
    armed = "Armed conflicts and attacks"
    assert [(a.text, a.title, a.source, a.url) for a in read(NEW)] == [
        (
            "About 120 soldiers leave Gao, and 40 stay. (The Sahel Ledger) (Wire)",
            f"{armed} / Sahel war / Gao front",
            "The Sahel Ledger",
            "https://ledger.example/gao",
        ),
        ("Two ships sail with 300 marines. (Wire via Herald)", f"{armed} / Sahel war", "Wire via Herald", "https://wire.example/2?a=1&b=2"),
        ("Rebels attack a camp.", armed, SOURCE, ADDRESS),
        ("A second camp falls. [2]", f"{armed} / Rebels attack a camp.", SOURCE, "https://wire.example/3"),
        ("A bridge falls in Kati.", "Disasters", SOURCE, ADDRESS),
    ]
    assert {a.published for a in read(NEW)} == {DAY}


@pytest.mark.parametrize(
    ("bullet", "source"),
    [
        ("Ten left Gao. (<a href='http://w.example/1'>Wire</a>)", "Wire"),
        ("Ten left Gao.<a href='http://w.example/1'>(Wire via\n Herald)</a>", "Wire via Herald"),
        ("Ten <a href='http://w.example/1'>left</a> Gao. (<a href='http://w.example/2'>Wire</a>)", SOURCE),
        ("Ten left Gao. <a href='http://w.example/1'>[1]</a>", SOURCE),
        ("Ten left Gao. (<a href='http://w.example/1'>1</a>)", SOURCE),
    ],
)
def test_the_source_is_the_outlet_in_brackets(bullet, source):
    (article,) = read(f"<ul><li>{bullet}</li></ul>")
    assert (article.source, article.url) == (source, "http://w.example/1")


@pytest.mark.parametrize(
    "href", ["/wiki/Gao", "#1", "https://en.wikipedia.org/wiki/Gao", "mailto:a@b.example", "http://[", "javascript:x()", ""]
)
def test_links_that_lead_to_no_outlet_are_passed_over(href):
    (article,) = read(f"<ul><li>Ten left Gao. <a href='{href}'>(Wire)</a></li></ul>")
    assert (article.source, article.url) == (SOURCE, ADDRESS)


@pytest.mark.parametrize(
    ("page", "titles"),
    [
        ("<ul><li>Ten left Gao. (<a href='http://w.example/1'>Wire</a>)</li></ul>", [""]),
        ("<h2>Sahel</h2><ol><li>Ten left Gao.</li></ol><h2>Sea</h2><ul><li>Ten sailed.</li></ul>", ["Sahel", "Sea"]),
        ("<div class='description'><dl><dt>Sahel</dt></dl><ul><li>Ten left Gao.</li></ul></div>", ["Sahel"]),
        ("<table><tr><td class='description'><div role='heading'>Sahel</div><ul><li>Ten left Gao</td></table>", ["Sahel"]),
        ("<p><b>Sahel</b>: no heading</p><ul><li>Ten left Gao.</li></ul>", [""]),
        ("<ul><li>Ten left Gao.<li>Ten sailed.<ul><li>All came home.</ul></ul>", ["", "", "Ten sailed."]),
    ],
)
def test_older_and_careless_pages(page, titles):
    articles = read(page)
    assert [a.title for a in articles] == titles
    assert all(a.text for a in articles)


def test_the_words_of_a_page_in_another_charset():
    (article,) = read_day("<ul><li>Ten left Żagań – all.</li></ul>".encode("iso-8859-2", "replace"), DAY, ADDRESS, "iso-8859-2")
    assert article.text == "Ten left Żagań ? all."


def test_a_bullet_in_another_language_is_told_and_the_rest_read():
    words = "Das Ministerium teilte mit, dass 200 Mann nach Mali verlegt werden. " * 6
    problem, article = read(f"<ul><li>{words}</li><li>Ten left Gao.</li></ul>")
    assert isinstance(problem, Problem) and "not English" in problem.reason and problem.where == ADDRESS
    assert article.text == "Ten left Gao."


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "<p>Ten left Gao.</p>", "<ul></ul>", "<ul><li><ul><li></li></ul></li></ul>", "<ul><li>" * 5000]
)
def test_a_page_without_bullets_is_told(page):
    with pytest.raises(InputError, match="no events were found on the page"):
        read(page)


def test_bullets_nested_without_end_are_read_in_time():
    assert all(article.text for article in read("<ul><li>a.<a href='http://w.example'>b</a>" * 20_000))


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://en.wikipedia.org/wiki/Portal:Current_events/2022_February_2", DAY),
        ("https://en.wikipedia.org/wiki/Portal:Current_events/2022_February_02?action=view#x", DAY),
        ("http://127.0.0.1:8000/wiki/Portal%3ACurrent_events/2022_February_2", DAY),
        ("https://en.wikipedia.org/wiki/Portal:Current_events/2022_February_30", None),
        ("https://en.wikipedia.org/wiki/Portal:Current_events/2022_Febuary_2", None),
        ("https://en.wikipedia.org/wiki/Portal:Current_events/February_2022", None),
        ("https://en.wikipedia.org/wiki/Portal:Current_events", None),
        ("http://[", None),
    ],
)
def test_the_address_of_a_day(address, day):
    assert portal_day(address) == day


def test_every_day_of_a_year_has_its_own_address():
    days = portal_days("portal:2023-12-31..2024-12-30")
    assert len(days) == 366 and [portal_day(portal_address(day)) for day in days] == days


def test_days_are_named_by_one_date_or_two():
    assert portal_days("PORTAL:2022-02-02") == [DAY]
    assert portal_days("portal:2022-02-02..2022-02-02") == [DAY]


def test_days_end_with_today():
    today = date.today()
    assert portal_days(f"portal:{today}") == [today]
    coming = today + timedelta(2)
    with pytest.raises(InputError, match=f"{coming} is still to come"):
        portal_days(f"portal:{today}..{coming}")


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("portal:", "no day is named"),
        ("portal:2022-02-01..", "'2022-02-01..' is not a date"),
        ("portal:2022-02-01 2022-02-02", "no day is named"),
        ("portal:2022-02-30", "'2022-02-30' is not a date"),
        ("portal:yesterday", "'yesterday' is not a date"),
        ("portal:20220202", "'20220202' is not a date"),
        ("portal:2022-W05-3", "'2022-W05-3' is not a date"),
        ("portal:２０２２-02-02", "'２０２２-02-02' is not a date"),
        ("portal:2022-02-07..2022-02-01", "2022-02-01 lies before 2022-02-07"),
        ("portal:2022-01-01..2023-01-02", "these are more than 366 days"),
        ("portal:2999-01-01", "2999-01-01 is still to come"),
    ],
)
def test_days_that_cannot_be_read_are_told(spec, reason):
    with pytest.raises(InputError) as told:
        portal_days(spec)
    assert told.value.reason == reason and told.value.cure
