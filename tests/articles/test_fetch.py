"""What servers answer, good and bad: the bytes within the limits, or a reason that a reader understands."""

import gzip
import socket
import threading

import pytest

from tests.articles.conftest import CERTIFICATE
from tracker.articles import Fetcher, InputError
from tracker.articles.answers import Fetched, taken
from tracker.articles.fetch import USER_AGENT

WORDS = "<p>120 soldiers left Gao on Monday.</p>"


def refused(fetcher, url, **limits):
    with pytest.raises(InputError) as told:
        fetcher.fetch(url, **limits)
    assert told.value.cure
    return told.value.reason


def test_a_page_with_what_the_server_says_of_it(site):
    url = site.page("/gao?day=1", WORDS, 'Text/HTML; Charset="ISO-8859-1"; x=y')
    assert site.fetcher.fetch(url + "#top") == Fetched(url, WORDS.encode(), "text/html", "iso-8859-1")
    assert site.asked == [(f"127.0.0.1:{site.port}", "/gao?day=1")]


def test_who_asks_and_for_what(site, resolver):
    heard = {}

    def answer(handler):
        heard.update(handler.headers)
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(WORDS.encode())

    site.pages["/"] = answer
    assert site.fetcher.fetch(site.url(host="news.example")) == Fetched(site.url(host="news.example"), WORDS.encode())
    assert heard["Host"] == f"news.example:{site.port}" and heard["User-Agent"] == USER_AGENT and "Tracker" in USER_AGENT
    assert heard["Accept-Encoding"] == "gzip, deflate"
    assert not {"Cookie", "Authorization", "Referer"} & set(heard)


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/xhtml+xml", "application/xml", "application/rss+xml", "image/svg+xml", "text/x-any"]
)
def test_texts_are_read(kind, site):
    assert site.fetcher.fetch(site.page("/", WORDS, kind)).content_type == kind


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("application/pdf", "a PDF"),
        ("image/jpeg; q=1", "a picture"),
        ("video/mp4", "a film"),
        ("application/octet-stream", "of the type 'application/octet-stream'"),
        ("application/json", "of the type 'application/json'"),
    ],
)
def test_what_is_no_text_is_told_by_its_type(kind, what, site):
    assert refused(site.fetcher, site.page("/", WORDS, kind)) == f"this is {what}, not text"


@pytest.mark.parametrize("status", [201, 204, 206, 300, 304, 400, 401, 403, 404, 410, 429, 451, 500, 503])
def test_another_status_is_told_with_its_code(status, site):
    assert refused(site.fetcher, site.page("/", WORDS, status=status)) == f"answers {status}"


def test_a_redirect_without_an_address_is_told(site):
    assert refused(site.fetcher, site.page("/", "", status=302)) == "answers 302"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["/end", "end", "../end", "?x=é", "//127.0.0.1:{port}/end", "http://127.0.0.1:{port}/end#part"])
def test_redirects_are_followed(location, status, site):
    end = site.page("/?x=%C3%A9" if "?" in location else "/end", WORDS)
    start = site.redirect("/", location.format(port=site.port), status)
    assert site.fetcher.fetch(start).url == end


def test_three_redirects_are_followed_and_not_four(site):
    site.page("/4", WORDS)
    for n in range(4):
        site.redirect(f"/{n}", f"/{n + 1}")
    assert site.fetcher.fetch(site.url("/1")).url == site.url("/4")
    assert refused(site.fetcher, site.url("/0")) == "redirects more than 3 times"


@pytest.mark.parametrize("way", [["/"], ["/", "/b"], ["/", "/b", "/c"], ["/", "/#again"]])
def test_a_circle_of_redirects_is_told_as_one(way, site):
    for here, there in zip(way, [*way[1:], way[0]], strict=True):
        site.redirect(here, there)
    assert refused(site.fetcher, site.url()) == "redirects in a circle"


def test_a_redirect_that_fails_names_where_it_led(site):
    start = site.redirect("/", "ftp://news.example/")
    assert refused(site.fetcher, start) == "redirected to 'ftp://news.example/': only http and https addresses are read"
    site.redirect("/", "/gone")
    assert refused(site.fetcher, start) == f"redirected to '{site.url('/gone')}': answers 404"


def test_a_certificate_that_nobody_vouches_for_is_refused(safe_site, resolver):
    safe_site.page("/", WORDS)
    assert refused(safe_site.fetcher, safe_site.url(host="news.example")) == "the certificate does not hold (self-signed certificate)"
    assert safe_site.asked == []


def test_a_certificate_has_to_hold_for_the_name_and_then_the_page_is_read(safe_site, resolver, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    safe_site.page("/", WORDS)
    assert safe_site.fetcher.fetch(safe_site.url(host="news.example")).body == WORDS.encode()
    for other in ("other.example", "127.0.0.1"):
        assert refused(safe_site.fetcher, safe_site.url(host=other)).startswith("the certificate does not hold (")
    assert len(safe_site.asked) == 1


def test_no_redirect_leads_out_of_https(safe_site, site, resolver, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    site.page("/", WORDS)
    safe_site.redirect("/", site.url())
    fetcher = Fetcher(allow={("127.0.0.1", site.port), ("127.0.0.1", safe_site.port)})
    assert "leads from https to http" in refused(fetcher, safe_site.url(host="news.example"))
    assert site.asked == []
    assert fetcher.fetch(site.url()).body == WORDS.encode()


def test_plain_http_where_https_is_expected_is_told(site):
    assert refused(site.fetcher, site.url().replace("http:", "https:")).startswith("no safe connection came about (")


def test_a_page_of_exactly_the_limit_is_read_and_one_byte_more_is_not(site):
    site.page("/", b"x" * 1000)
    assert len(site.fetcher.fetch(site.url(), cap=1000).body) == 1000
    assert refused(site.fetcher, site.url(), cap=999) == "larger than 0.000999 MB"


def test_a_packed_page_is_unpacked_and_a_bomb_is_not(site):
    site.page("/", gzip.compress(WORDS.encode()), Content_Encoding="gzip")
    assert site.fetcher.fetch(site.url()).body == WORDS.encode()
    site.page("/bomb", gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")
    assert refused(site.fetcher, site.url("/bomb")) == "larger than 10 MB"


@pytest.mark.parametrize("announced", [False, True])
def test_a_huge_page_is_not_read_to_its_end(announced, site):
    sent, done = [0], threading.Event()

    def answer(handler):
        handler.send_response(200)
        if announced:
            handler.send_header("Content-Length", "200000000")
        handler.end_headers()
        try:
            for _ in range(2000):
                handler.wfile.write(b"x" * 100_000)
                sent[0] += 100_000
        finally:
            done.set()

    site.pages["/"] = answer
    assert refused(site.fetcher, site.url()) == "larger than 10 MB"
    assert done.wait(60) and sent[0] < 100_000_000


def test_a_page_that_is_announced_as_too_large_is_not_begun():
    chunks = iter([b"x"])
    with pytest.raises(InputError, match="larger than 10 MB"):
        taken("https://news.example/", 200, [(b"Content-Length", b"10000001")], chunks, 10_000_000)
    assert list(chunks) == [b"x"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "the name is not known"),
        (socket.gaierror(socket.EAI_AGAIN, "later"), "the name could not be looked up"),
        (UnicodeError("label too long"), "the name is not known"),
    ],
)
def test_a_name_that_leads_nowhere_is_told(error, reason, monkeypatch):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert refused(Fetcher(), "http://news.example/") == reason


def test_a_server_that_is_not_there_is_told():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert refused(Fetcher(allow={("127.0.0.1", port)}), f"http://127.0.0.1:{port}/") == "the server cannot be reached (Connection refused)"


@pytest.mark.parametrize(
    "answer",
    [b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000,
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", b"\0" * 300_000],
)  # fmt: skip
def test_an_answer_that_is_no_http_is_told(answer, site):
    site.pages["/"] = lambda handler: handler.wfile.write(answer)
    assert refused(site.fetcher, site.url()).startswith(("the answer is no proper HTTP (", "the connection broke off ("))
