"""Which web addresses may be asked at all: the form of an address, and the network that a host lies in. Opens nothing."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Container
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import idna

from tracker.articles.problems import CHECK_ADDRESS, SAVE_PAGE, InputError

PORTS = frozenset({80, 443})

_LONGEST = 2000
#: Characters that browsers drop or turn around and servers do not, so that two readers see two hosts.
_ODD = re.compile("[\x00-\x20\x7f-\xa0\xad\\\\\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\\s")
#: IPv6 in brackets with nothing behind it but a port; older Pythons pass over what else stands there.
_BRACKETED = re.compile(r"\[[^\[\]]*\](?::[0-9]*)?")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
#: A last label that a resolver may take for a number: 127.1, 0x7f.1, 017700000001.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")

_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
#: Networks within the global ones that lead elsewhere. Named here because ``is_global`` of the older Pythons passes some of them.
_NEVER = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8",
            "100.64.0.0/10",  # carriers' own
            "192.0.0.0/24",  # protocol assignments
            "192.88.99.0/24",  # 6to4 relays
            "198.18.0.0/15",  # benchmarks
            "224.0.0.0/3",  # multicast, reserved, broadcast
            "2001::/23",  # Teredo, ORCHID and other protocol assignments
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: holds an IPv4 address
            "3fff::/20",  # documentation
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """A web address in parts that were checked: ``host`` is a plain name, IPv4 or IPv6 (without brackets), ``path`` has the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as they stand in an address; the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _port_of(self.scheme) else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def target_of(address: str, ports: Container[int] = PORTS) -> Target:
    """The parts of a web address. Raises ``InputError`` for every form that two readers could take for two hosts.

    >>> target_of("HTTP://News.Example:80/år?q=1#top").url
    'http://news.example/%C3%A5r?q=1'
    >>> target_of("http://2130706433/")
    Traceback (most recent call last):
    ...
    tracker.articles.problems.InputError: '2130706433' is no plain host name; check the address
    """
    if len(address) > _LONGEST:
        raise InputError(f"the address is longer than {_LONGEST:,} characters", CHECK_ADDRESS)
    if _ODD.search(address):
        raise InputError("the address holds blanks, backslashes or invisible characters", CHECK_ADDRESS)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise InputError("this is no web address", CHECK_ADDRESS) from None
    if parts.scheme not in ("http", "https"):
        raise InputError("only http and https addresses are read", SAVE_PAGE)
    if "@" in parts.netloc:
        raise InputError("the address holds a user name", "give it without what stands before the @")
    if port is None:
        port = _port_of(parts.scheme)
    if port not in ports:
        raise InputError(f"port {port} is not read, only 80 and 443", SAVE_PAGE)
    host = _address_v6(parts.hostname or "") if _BRACKETED.fullmatch(parts.netloc) else _host(parts.hostname or "")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    return Target(parts.scheme, host, port, path + query)


_QUERY = "/%:@!$&'()*+,;=~-._?[]"


def _port_of(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _address_v6(text: str) -> str:
    try:
        return str(ipaddress.IPv6Address(text if "%" not in text else ""))
    except ValueError:
        raise InputError(f"[{text[:60]}] is no plain IPv6 address", CHECK_ADDRESS) from None


def _host(text: str) -> str:
    """The host in ASCII and lower case, without the dot at its end; refused unless it is a dotted name or a plain IPv4 address."""
    refused = InputError(f"{text[:60]!r} is no plain host name", CHECK_ADDRESS)
    try:
        # Full-width digits and dots become plain ones here, so they are judged as what a resolver would get.
        name = text if text.isascii() else idna.encode(text[:253], uts46=True, std3_rules=True).decode("ascii")
    except UnicodeError:
        raise refused from None
    name = name.lower().removesuffix(".")
    if len(name) > 253 or not _NAME.fullmatch(name):
        raise refused
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError:
            raise refused from None
    return name


def public_address(text: str) -> str:
    """The IP address to connect to, an IPv4 address out of its IPv6 form; empty for all that is not global unicast.

    Empty too for addresses that carry another one inside (6to4, Teredo, NAT64, IPv4-compatible) and for zones.

    >>> public_address("::ffff:93.184.215.14"), public_address("2606:2800:21f::14"), public_address("10.0.0.1")
    ('93.184.215.14', '2606:2800:21f::14', '')
    """
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id:
            return ""
        address = address.ipv4_mapped or address
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_V6:
        return ""
    if not address.is_global or any(address in network for network in _NEVER):
        return ""
    return str(address)
