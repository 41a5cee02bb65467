"""Whoever keeps the fetcher waiting, at whichever step, is left at the deadline."""

import socket
import threading

import pytest

from tracker.articles import Fetcher, InputError


def refused(fetcher, url, seconds):
    with pytest.raises(InputError) as told:
        fetcher.fetch(url, seconds=seconds)
    assert told.value.cure
    return told.value.reason


def drip_header(handler, stop):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not stop.wait(0.02):
        handler.wfile.write(b"x")


def drip_body(handler, stop):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while not stop.wait(0.02):
        handler.wfile.write(b"x")


def drip_promises(handler, stop):
    while not stop.wait(0.02):
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")


def answer_too_late(handler, stop):
    stop.wait(3)
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")


@pytest.mark.parametrize("drip", [drip_header, drip_body, drip_promises, answer_too_late])
def test_a_server_that_drips_its_answer_is_left_at_the_deadline(drip, site):
    stop = threading.Event()
    site.pages["/"] = lambda handler: drip(handler, stop)
    try:
        assert refused(site.fetcher, site.url(), seconds=0.3) == "no full answer within 0.3 seconds"
    finally:
        stop.set()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_never_takes_the_call_is_left_at_the_deadline(scheme):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        fetcher = Fetcher(allow={("127.0.0.1", port)})
        assert refused(fetcher, f"{scheme}://127.0.0.1:{port}/", seconds=0.3) == "no full answer within 0.3 seconds"


def test_a_resolver_that_never_answers_is_left_at_the_deadline(monkeypatch):
    stop = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: stop.wait())
    try:
        assert refused(Fetcher(), "http://news.example/", seconds=0.2) == "no full answer within 0.2 seconds"
    finally:
        stop.set()
