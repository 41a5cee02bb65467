"""One file of the project opens connections, and nothing but a test can widen what it may connect to."""

import ast
from pathlib import Path

import pytest

TRACKER = Path(__file__).resolve().parent.parent / "tracker"
OPENERS = {
    "aiohttp", "asyncio", "ftplib", "http.client", "httpcore", "httpcore2", "httpx", "httpx2", "multiprocessing.connection", "pycurl",
    "requests", "smtplib", "socket", "socketserver", "telnetlib", "urllib.request", "urllib3", "websocket", "websockets", "xmlrpc",
}  # fmt: skip
FETCH = TRACKER / "articles" / "fetch.py"


def opened(source: str) -> set[str]:
    """What a source imports that opens connections."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {opener for opener in OPENERS for name in names if f"{name}.".startswith(f"{opener}.")}


def test_only_the_fetcher_opens_connections():
    found = {path.relative_to(TRACKER).as_posix(): opened(path.read_text(encoding="utf-8")) for path in TRACKER.rglob("*.py")}
    assert {path: names for path, names in found.items() if names} == {"articles/fetch.py": {"socket", "httpcore2"}}


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "def f():\n    import requests.api",
        "import http.client as c",
    ],
)
def test_an_import_that_opens_connections_is_seen(source):
    assert opened(source)


def test_no_code_but_tests_widens_what_may_be_connected_to():
    for path in TRACKER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Fetcher":
                assert not node.args and not node.keywords, f"{path} gives the fetcher an allowance"


def test_the_fetcher_reads_no_setting():
    names = {node.id for node in ast.walk(ast.parse(FETCH.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
    assert not names & {"os", "environ", "getenv", "sys"}


@pytest.mark.parametrize("reader", ["fetch", "fetch_url", "fetch_response", "parse"])
def test_no_library_is_asked_to_fetch_by_itself(reader):
    for path in TRACKER.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        for call in calls:
            owner = getattr(getattr(call.func, "value", None), "id", "")
            if owner in ("trafilatura", "feedparser") and getattr(call.func, "attr", "") == reader:
                # feedparser takes a stream of bytes and nothing else: a string or bytes it would open by itself.
                assert ast.unparse(call.args[0]) == "io.BytesIO(data)", f"{path}, line {call.lineno}"
