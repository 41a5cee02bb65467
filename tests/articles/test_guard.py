"""Which addresses may be asked: one plain form of writing, and the public internet only."""

import ipaddress

import pytest

from tests.articles.addresses import ODD_FORMS, PRIVATE, PRIVATE_LITERALS, PUBLIC
from tracker.articles import InputError
from tracker.articles.guard import public_address, target_of


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_given_back_for_connecting(address):
    assert public_address(address) == str(ipaddress.ip_address(address))


def test_an_ipv4_address_in_ipv6_form_is_connected_to_as_what_it_is():
    assert public_address("::ffff:93.184.215.14") == "93.184.215.14"


@pytest.mark.parametrize("address", [*PRIVATE, "", "localhost", "2130706433", "127.1", "fe80::1%eth0", "2606:2800:21f::14%1"])
def test_every_other_address_is_refused(address):
    assert public_address(address) == ""


@pytest.mark.parametrize(
    "address", ["0.1.2.3", "100.64.0.1", "192.0.0.9", "192.88.99.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"]
)
def test_what_an_older_python_calls_global_is_refused_all_the_same(address, monkeypatch):
    monkeypatch.setattr(ipaddress.IPv4Address, "is_global", True)
    assert public_address("10.0.0.1") and public_address(address) == ""


@pytest.mark.parametrize(
    "address", ["2001::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "::1", "fc00::1", "fe80::1", "64:ff9b::1"]
)
def test_what_an_older_python_calls_global_in_ipv6_is_refused_too(address, monkeypatch):
    monkeypatch.setattr(ipaddress.IPv6Address, "is_global", True)
    assert public_address(address) == ""


@pytest.mark.parametrize("url", ODD_FORMS)
def test_an_odd_form_is_refused_before_any_name_is_looked_up(url):
    with pytest.raises(InputError) as told:
        target_of(url)
    assert told.value.reason and told.value.cure


@pytest.mark.parametrize("url", PRIVATE_LITERALS)
def test_a_plain_ip_address_passes_as_a_form_and_fails_as_an_address(url):
    assert public_address(target_of(url).host) == ""


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("HTTPS://News.Example", "https://news.example/"),
        ("http://news.example.:80/a?b=c", "http://news.example/a?b=c"),
        ("https://news.example:443/#part", "https://news.example/"),
        ("https://news.example/a%20b/é?q=é&r=[1]", "https://news.example/a%20b/%C3%A9?q=%C3%A9&r=[1]"),
        ("https://münster.example/", "https://xn--mnster-3ya.example/"),
        ("http://my_site.news.example/x|y", "http://my_site.news.example/x%7Cy"),
        ("http://93.184.215.14/", "http://93.184.215.14/"),
        ("http://[2606:2800:021F::14]:80/", "http://[2606:2800:21f::14]/"),
    ],
)
def test_a_web_address_is_brought_into_one_form(url, plain):
    assert target_of(url).url == plain


def test_a_port_of_tests_stands_in_the_form():
    target = target_of("http://[::1]:8123/x", {8123})
    assert (target.host, target.port, target.authority) == ("::1", 8123, "[::1]:8123")
    with pytest.raises(InputError, match="port 8123 is not read"):
        target_of("http://[::1]:8123/x")
