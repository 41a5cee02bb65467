"""No address, redirect or look-up leads a connection anywhere but the public internet; and where the guard allows it, it connects."""

import pytest

from tests.articles.addresses import NAMES, ODD_FORMS, PRIVATE, PRIVATE_LITERALS
from tracker.articles import Fetcher, InputError

PUBLIC = "93.184.215.14"
ATTACKS = [*ODD_FORMS, *PRIVATE_LITERALS, *NAMES]


def refused(fetcher, url):
    """The reason for which an address is refused."""
    with pytest.raises(InputError) as told:
        fetcher.fetch(url, seconds=20)
    assert told.value.cure
    return told.value.reason


def test_there_are_enough_forms():
    assert len(set(ODD_FORMS)) == len(ODD_FORMS) and len(ATTACKS) >= 150


@pytest.mark.parametrize("url", ATTACKS)
def test_an_address_that_is_not_public_is_never_connected_to(url, resolver, connections):
    refused(Fetcher(), url)
    assert connections == []


@pytest.mark.parametrize("url", ATTACKS)
def test_a_redirect_there_is_not_followed(url, site, resolver, connections):
    reason = refused(site.fetcher, site.redirect("/go", url.replace("\n", "").replace("\r", "").replace("\0", "")))
    # Some forms are no addresses of their own but paths on the same site, which may be asked and has no such page.
    assert set(connections) == {("127.0.0.1", site.port)}
    assert len(connections) == 1 + ("answers 404" in reason)


def test_the_same_request_is_made_where_the_guard_allows_it(site, resolver, connections):
    site.page("/", "<p>120 soldiers left Gao.</p>")
    assert b"Gao" in site.fetcher.fetch(site.url()).body
    assert connections == [("127.0.0.1", site.port)] and len(site.asked) == 1
    site.redirect("/go", site.url("/", "news.example"))
    assert site.fetcher.fetch(site.url("/go")).url == site.url("/", "news.example")
    assert len(connections) == 3


@pytest.mark.parametrize("url", ["/", "/go"])
def test_without_the_allowance_nothing_connects(url, site, resolver, connections):
    site.page("/", "<p>120 soldiers left Gao.</p>")
    assert "port" in refused(Fetcher(), site.url(url))
    assert connections == [] and site.asked == []


def test_the_allowance_is_for_one_port_of_one_address(site, safe_site, resolver, connections):
    assert refused(site.fetcher, f"http://127.0.0.1:{safe_site.port}/").startswith("port")
    assert refused(site.fetcher, f"http://127.0.0.2:{site.port}/") == "the address lies in a private network"
    assert refused(site.fetcher, "http://127.0.0.1/") == "the address lies in a private network"
    resolver.answers["news.example"] = [[PUBLIC]]
    assert refused(site.fetcher, f"http://news.example:{site.port}/") == "the address lies in a private network"
    assert connections == []


@pytest.mark.parametrize("host", ["93.184.215.14", "10.0.0.1", "0.0.0.0", "::ffff:8.8.8.8"])
def test_the_allowance_takes_loopback_only(host):
    with pytest.raises(ValueError, match="loopback only"):
        Fetcher(allow={(host, 80)})


@pytest.mark.parametrize("address", PRIVATE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_that_resolves_there_is_refused_alone_and_among_public_ones(scheme, address, resolver, connections):
    for answer in ([address], [PUBLIC, address], [address, PUBLIC], [PUBLIC, "2606:2800:21f::14", address]):
        resolver.answers["news.example"] = [answer]
        assert refused(Fetcher(), f"{scheme}://news.example/") == "the address lies in a private network"
    assert connections == []


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_changes_its_address_is_asked_once_and_connected_to_where_it_was_checked(address, resolver, connections):
    resolver.answers["news.example"] = [[PUBLIC], [address]]
    assert refused(Fetcher(), "http://news.example/") == "the server cannot be reached (Connection refused)"
    assert resolver.asked == ["news.example"]
    assert connections == [(PUBLIC, 80)]


def test_a_name_that_changes_its_address_between_redirects_is_checked_again(site, resolver, connections):
    resolver.answers["news.example"] = [["127.0.0.1"], ["127.0.0.2"]]
    site.redirect("/go", site.url("/", "news.example"))
    assert "private network" in refused(site.fetcher, site.url("/go", "news.example"))
    assert connections == [("127.0.0.1", site.port)]


def test_all_public_addresses_of_a_name_are_tried_but_not_without_end(resolver, connections):
    resolver.answers["news.example"] = [[f"93.184.215.{n}" for n in range(1, 60)]]
    refused(Fetcher(), "https://news.example/")
    assert connections == [(f"93.184.215.{n}", 443) for n in range(1, 5)]


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"])
def test_no_proxy_of_the_environment_is_asked(name, site, resolver, connections, monkeypatch):
    monkeypatch.setenv(name, site.url())
    resolver.answers["news.example"] = [[PUBLIC]]
    for scheme, port in (("http", 80), ("https", 443)):
        refused(site.fetcher, f"{scheme}://news.example/")
        assert connections.pop() == (PUBLIC, port)
    assert site.asked == []
