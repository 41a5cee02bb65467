"""The guard in conftest.py holds: what it does not stop, no other test would notice."""

import socket
import urllib.request

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80), ("news.example", 443)])
def test_a_connection_that_leaves_the_machine_fails(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as sock, pytest.raises(AssertionError, match="over the network"):
        sock.connect(address)


def test_a_fetch_fails_at_the_look_up():
    with pytest.raises(AssertionError, match=r"look up 'news\.example'"):
        urllib.request.urlopen("http://news.example/")


def test_loopback_stays_open():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
