"""A web address -> its bytes. The only file of the project that opens connections, and the guard on them.

What a user, a feed or a server names is never trusted: a name is looked up once, every address that it has must lie
in the public internet, and the connection goes to the address that was checked. Each redirect goes the same way.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cached_property
from ipaddress import ip_address
from typing import Any
from urllib.parse import urljoin

import httpcore2

from tracker.articles.answers import Fetched, taken
from tracker.articles.guard import PORTS, Target, public_address, target_of
from tracker.articles.packing import CODINGS
from tracker.articles.pages import PAGE_CAP
from tracker.articles.problems import CHECK_ADDRESS, SAVE_PAGE, InputError, passing

CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0
TOTAL_SECONDS = 40.0
REDIRECTS = 3
USER_AGENT = "TroopMovementTracker (fetches single articles for one reader)"

_ADDRESSES_TRIED = 4


class Fetcher:
    """Asks web addresses. ``allow`` is for tests alone: exact (IP address, port) pairs of loopback that they serve.

    No setting, option or environment variable reaches ``allow``. Raises ``ValueError`` for a pair that is not loopback.

    >>> Fetcher().fetch("http://169.254.169.254/latest/")
    Traceback (most recent call last):
    ...
    tracker.articles.problems.InputError: the address lies in a private network; save the page as .html and read that file
    """

    def __init__(self, *, allow: Collection[tuple[str, int]] = ()) -> None:
        if not all(ip_address(host).is_loopback for host, _ in allow):
            raise ValueError("allow takes addresses of loopback only")
        self._allow = frozenset(allow)
        self._ports = PORTS | {port for _, port in allow}

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Checks certificates, by the authorities that the system trusts; reading those takes longer than many a request."""
        return httpcore2.default_ssl_context()

    def fetch(self, url: str, *, cap: int = PAGE_CAP, seconds: float = TOTAL_SECONDS) -> Fetched:
        """The bytes at ``url``: at most ``cap`` of them, in at most ``seconds`` in all, over at most 3 redirects.

        Raises ``InputError`` for everything else: a refused address, no answer, a certificate that does not hold, a
        status other than 200, a type that is no text, too many bytes.
        """
        deadline = time.monotonic() + seconds
        seen: list[str] = []
        while True:
            try:
                target = target_of(url, self._ports)
                if target.url in seen:
                    raise InputError("redirects in a circle", SAVE_PAGE)
                if seen and seen[-1].startswith("https:") and target.scheme == "http":
                    raise InputError("leads from https to http, where anybody may change it", "give the http address if you trust it")
                found = self._ask(target, cap, deadline, seconds)
            except InputError as error:
                # The address that failed is not the one that was given: name it.
                if not seen or error.reason == "redirects in a circle":
                    raise
                raise InputError(f"redirected to {url[:200]!a}: {error.reason}", error.cure, passing=error.passing) from None
            if isinstance(found, Fetched):
                return found
            seen.append(target.url)
            if len(seen) > REDIRECTS:
                raise InputError(f"redirects more than {REDIRECTS} times", "give the address where it ends in a browser")
            url = _joined(target.url, found)

    def _ask(self, target: Target, cap: int, deadline: float, seconds: float) -> Fetched | str:
        """One request: what was fetched, or the address that it is redirected to."""
        where = httpcore2.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        headers = {
            "Host": target.authority,
            "User-Agent": USER_AGENT,
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, text/*;q=0.9, */*;q=0.1",
            "Accept-Encoding": CODINGS,
            "Accept-Language": "en",
            "Connection": "close",
        }
        backend = _Backend(self._allow, deadline, seconds)
        tls = self._tls if target.scheme == "https" else None
        try:
            with (
                httpcore2.ConnectionPool(ssl_context=tls, network_backend=backend) as pool,
                pool.stream("GET", where, headers=list(headers.items())) as answer,
            ):
                return taken(target.url, answer.status, answer.headers, answer.iter_stream(), cap)
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, httpcore2.UnsupportedProtocol) as error:
            raise passing(f"the answer is no proper HTTP ({str(error)[:80]})") from None


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return location  # no address at all, as the check will tell


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class _Backend(httpcore2.NetworkBackend):
    """Connects to checked addresses, each of them before a deadline."""

    def __init__(self, allow: Collection[tuple[str, int]], deadline: float, seconds: float) -> None:
        self._allow = allow
        self._deadline = deadline
        self._late = passing(f"no full answer within {seconds:g} seconds")

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        *others, last = self._checked(host, port)[:_ADDRESSES_TRIED]
        for address in others:
            with suppress(InputError):
                return self._connected(address, port)
        return self._connected(last, port)

    def _connected(self, address: str, port: int) -> httpcore2.NetworkStream:
        """A connection to the address that was checked: the name is not asked again."""
        try:
            sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        except OSError as error:  # a machine without IPv6
            raise passing(f"the server cannot be reached ({error.strerror or error})") from None
        stream = _Stream(sock, self._deadline, self._late)
        try:
            with stream.within(CONNECT_SECONDS, "the server cannot be reached"):
                sock.connect((address, port))
        except InputError:
            sock.close()
            raise
        return stream

    def _checked(self, host: str, port: int) -> list[str]:
        """The addresses of a host, each once. One that is not public spoils them all: the next look-up might give it alone."""
        named = [host] if _is_ip(host) else self._looked_up(host, port)
        checked = [name if (name, port) in self._allow else public_address(name) if port in PORTS else "" for name in named]
        if not all(checked):
            raise InputError("the address lies in a private network", SAVE_PAGE)
        return checked

    def _looked_up(self, host: str, port: int) -> list[str]:
        # A resolver has no time limit of its own, and a server may keep it waiting.
        asking = ThreadPoolExecutor(1)
        try:
            left = max(0.0, self._deadline - time.monotonic())
            answers = asking.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(left)
        except TimeoutError:
            raise self._late from None
        except (OSError, UnicodeError) as error:
            if getattr(error, "errno", None) == socket.EAI_AGAIN:
                raise InputError(
                    "the name could not be looked up", "check that this machine is online, and try again", passing=True
                ) from None
            raise InputError("the name is not known", CHECK_ADDRESS) from None
        finally:
            asking.shutdown(wait=False)
        if not answers:
            raise InputError("the name is not known", CHECK_ADDRESS)
        return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class _Stream(httpcore2.NetworkStream):
    """A socket whose every step ends before the deadline, so that a server that drips its answer is not waited for."""

    def __init__(self, sock: socket.socket, deadline: float, late: InputError) -> None:
        self._sock, self._deadline, self._late = sock, deadline, late

    @contextmanager
    def within(self, most: float, failed: str = "the connection broke off") -> Iterator[None]:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise self._late
        self._sock.settimeout(min(most, left))
        try:
            yield
        except TimeoutError:
            raise (self._late if left <= most else passing(f"no answer within {most:g} seconds")) from None
        except ssl.SSLCertVerificationError as error:
            raise InputError(f"the certificate does not hold ({error.verify_message})", "give an address that is safe to read") from None
        except ssl.SSLError as error:
            raise passing(f"no safe connection came about ({error.reason})") from None
        except OSError as error:
            raise passing(f"{failed} ({error.strerror or error})") from None

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with self.within(READ_SECONDS):
            return self._sock.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with self.within(READ_SECONDS):
            self._sock.sendall(buffer)

    def close(self) -> None:
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        try:
            with self.within(CONNECT_SECONDS):
                # For the name, not for the address: the certificate has to hold for what was asked for.
                self._sock = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except InputError:
            self.close()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        return self._sock if info == "ssl_object" and isinstance(self._sock, ssl.SSLSocket) else None
