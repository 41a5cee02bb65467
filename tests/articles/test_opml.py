"""Lists of feeds: the good addresses are kept, the bad ones are told with their line, and nothing is expanded or fetched."""

import pytest

from tracker.articles import Problem, opml
from tracker.articles.opml import FeedLink, is_address_list, read_list, read_opml

LIST = """<?xml version="1.0" encoding="{encoding}"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Sahel">
  <outline text="Africa" title="The Sahel Ledger" type="rss" xmlUrl="https://ledger.example/feed?a=1&amp;b=2" htmlUrl="https://ledger.example"/>
  <outline text="Deeper"><outline text="Škofja Loka" xmlurl=" http://loka.example/atom "/></outline>
</outline>
<outline text="again" xmlUrl="http://loka.example/atom"/>
<outline text="file" type="rss" xmlUrl="file:///etc/passwd"/>
<outline text="none" type="rss"/>
<outline text="a page" type="link" url="https://other.example/"/>
<outline text="port" xmlUrl="http://news.example:22/"/>
</body></opml>"""


def split(found):
    found = list(found)
    return [x for x in found if not isinstance(x, Problem)], [x for x in found if isinstance(x, Problem)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-2"])
def test_feeds_are_found_however_deep_and_the_bad_ones_told(encoding):
    links, problems = split(read_opml("f.opml", LIST.format(encoding=encoding).encode(encoding)))
    assert links == [
        FeedLink("https://ledger.example/feed?a=1&b=2", "The Sahel Ledger"),
        FeedLink("http://loka.example/atom", "Škofja Loka"),
    ]
    assert [str(problem).partition(";")[0] for problem in problems] == [
        "f.opml, line 8: only http and https addresses are read",
        "f.opml, line 9: the feed 'none' has no address (xmlUrl)",
        "f.opml, line 11: port 22 is not read, only 80 and 443",
    ]
    assert all(problem.cure and problem.left_out for problem in problems)


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE opml SYSTEM "http://127.0.0.1/opml.dtd">',
        '<!doctype opml [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_are_refused(declared, encoding):
    text = LIST.format(encoding=encoding).replace("<opml", declared + "<opml")
    (problem,) = read_opml("f.opml", text.encode(encoding))
    assert problem.reason == "it declares a DOCTYPE or entities, which are not read" and problem.cure == "delete those lines"


def test_a_list_with_careless_markup_is_read():
    data = b"<opml><body><outline text=Wire xmlUrl='https://a.example/?x=1&y=2'><outline text='B' xmlUrl='https://b.example/feed'/></body>"
    assert FeedLink("https://b.example/feed", "B") in split(read_opml("f.opml", data))[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"<html><body>no</body></html>", "this is no OPML"),
        (b"https://news.example/feed", "this is no OPML"),
        (b"<opml><body><outline text='folder'/></body></opml>", "there is no feed in it"),
        (b"<opml" + b"<a>" * 100_000, "there is no feed in it"),
        (b"%PDF-1.7", "this is a PDF, not text"),
        (b" " * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_is_no_list_is_told(data, reason):
    (problem,) = read_opml("f.opml", data)
    assert (problem.where, problem.reason) == ("f.opml", reason) and problem.cure


@pytest.mark.parametrize("read", [read_opml, read_list])
def test_more_than_the_limit_is_told(read, monkeypatch):
    monkeypatch.setattr(opml, "LINKS", 3)
    urls = [f"https://news.example/{n}" for n in range(5)]
    outlines = "".join(f"<outline xmlUrl='{url}'/>" for url in urls)
    data = "\n".join(urls) if read is read_list else f"<opml><body>{outlines}</body></opml>"
    links, (problem,) = split(read("f", data.encode()))
    assert [link.url for link in links] == urls[:3]
    assert problem.reason == "holds more than 3 addresses; the rest is left out"


def test_a_plain_list():
    data = (
        "\ufeff# Mine\n\nhttps://a.example/feed\r\n  HTTPS://b.example/ \nhttps://a.example/feed\nnews\nhttp://good@127.0.0.1/\n".encode()
    )
    links, problems = split(read_list("f.txt", data))
    assert links == [FeedLink("https://a.example/feed"), FeedLink("HTTPS://b.example/")]
    assert [(problem.line, problem.reason) for problem in problems] == [
        (6, "only http and https addresses are read"),
        (7, "the address holds a user name"),
    ]
    assert [problem.reason for problem in read_list("f.txt", b"# none")] == ["there is no address in it"]


@pytest.mark.parametrize(
    ("data", "is_list"),
    [
        (b"https://a.example/\n", True),
        (b"\xef\xbb\xbfhttp://a.example/x\r\n\r\n#c\r\nHTTP://b.example", True),
        (b"https://a.example/ is where it stood", False),
        (b"120 soldiers left Gao.\nhttps://a.example/\n", False),
        (b"# only words", False),
        (b"", False),
        (b"\xff\xfe\x00", False),
        (b"https://a.example/\n" * 300_000, False),
    ],
)
def test_a_text_of_nothing_but_addresses_is_a_list(data, is_list):
    assert is_address_list(data) is is_list
