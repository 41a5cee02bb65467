"""Web sites of our own on loopback, a resolver that answers what a test wants, and a count of every connection."""

from __future__ import annotations

import gzip
import http.server
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tracker.articles import Fetcher

CERTIFICATE = Path(__file__).with_name("certificates") / "news.example.pem"


@dataclass
class Site:
    """A web site: ``pages`` has by path the bytes, an answer (status, headers, bytes), or a function of the handler."""

    port: int
    scheme: str = "http"
    pages: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def fetcher(self) -> Fetcher:
        """The one that may read this site, and no other address of this machine."""
        return Fetcher(allow={("127.0.0.1", self.port)})

    def page(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> str:
        """Puts a page at ``path`` and gives its address; header names are written with ``_`` for ``-``."""
        fields = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, fields, body.encode() if isinstance(body, str) else body)
        return self.url(path)

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        # The server writes headers in Latin-1; like this the address goes over the line in UTF-8, as it is.
        return self.page(path, b"", status=status, Location=location.encode().decode("latin-1"))


def _handler(site: Site) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.headers.get("Host", ""), self.path))
            found = site.pages.get(self.path, (404, {}, b""))
            try:
                if callable(found):
                    found(self)
                    return
                status, headers, body = found
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:  # the reader hung up, as it should
                self.close_connection = True

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *args: Any) -> None:
        """A handshake that the reader breaks off is no error here."""


def _served(certificate: Path | None = None) -> Iterator[Site]:
    site = Site(0, "https" if certificate else "http")
    server = _Server(("127.0.0.1", 0), _handler(site))
    site.port = server.server_address[1]
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    yield from _served()


@pytest.fixture
def safe_site() -> Iterator[Site]:
    """A site over TLS, whose certificate holds for the name news.example if one trusts it."""
    yield from _served(CERTIFICATE)


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Every address that a socket was told to connect to. Those that leave this machine are counted, and then refused."""
    tried: list[tuple[str, int]] = []
    real: Any = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> Any:
        tried.append(address[:2])
        if not ipaddress.ip_address(address[0]).is_loopback:
            raise ConnectionRefusedError(111, "Connection refused")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried


@dataclass
class Resolver:
    """Answers look-ups: IP addresses as themselves, names from ``answers`` one answer a look-up, and all others with loopback."""

    answers: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int, *args: Any, **kwargs: Any) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        return [_answer(address, port) for address in self._addresses(host)]

    def _addresses(self, host: str) -> list[str]:
        if host in self.answers:
            known = self.answers[host]
            return known.pop(0) if len(known) > 1 else known[0]
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            return ["127.0.0.1"]


def _answer(address: str, port: int) -> tuple[Any, ...]:
    if ":" in address:
        return (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Resolver:
    found = Resolver()
    monkeypatch.setattr(socket, "getaddrinfo", found)
    return found


@pytest.fixture
def packed() -> Callable[[bytes], bytes]:
    """Packs bytes as a server does."""
    return lambda data: gzip.compress(data, mtime=0)
