"""What all tests share: no network, and property tests that do not depend on the machine's speed."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("steady")


def is_loopback(address: object) -> bool:
    """Whether a socket address stays on this machine: a Unix socket, or a loopback host."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return host in ("", "localhost")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Any connection that would leave this machine fails the test that makes it."""

    def guard(inner: Any) -> Any:
        def connect(self: socket.socket, address: object) -> Any:
            if not is_loopback(address):
                raise AssertionError(f"a test tried to reach {address} over the network")
            return inner(self, address)

        return connect

    def lookup(host: object, *args: object, **kwargs: object) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not is_loopback((name, 0)):
            raise AssertionError(f"a test tried to look up {name!r}")
        return resolve(host, *args, **kwargs)

    resolve: Any = socket.getaddrinfo
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guard(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guard(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", lookup)
        yield
