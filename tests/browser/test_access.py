"""What a keyboard and a screen reader need: whatever scrolls can be reached, and the parts of the world are a plain choice."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_page import wait_for_arcs
from tests.rows import make_rows
from tracker.figures.arc_map import compose_picture
from tracker.figures.choice import Choice
from tracker.figures.cube import build_cube
from tracker.figures.selection import narrow, select

#: Boxes of ours, or of text of ours, that scroll although no key can reach them.
UNREACHABLE = """() => [...document.querySelectorAll('[class*="tm-"], [data-testid=stMarkdownPre] pre')]
  .filter(e => /auto|scroll/.test(getComputedStyle(e).overflow) && e.tabIndex < 0 && !e.querySelector('a, button, input'))
  .filter(e => e.scrollHeight > e.clientHeight || e.scrollWidth > e.clientWidth)
  .map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("tab", ["Map", "Method & limits"])
def test_whatever_scrolls_can_be_reached_by_keys(open_page: Open, tab: str) -> None:
    page = open_page()
    page.get_by_role("tab", name=tab).click()
    if tab == "Map":
        page.get_by_role("button", name="Force").click()
        expect(page.locator(".tm-counts li").first).to_be_visible()
    else:
        expect(page.get_by_role("link", name="GeoNames")).to_be_visible()
    assert page.evaluate(UNREACHABLE) == []


def test_a_part_of_the_world_shows_what_begins_or_ends_there(open_page: Open) -> None:
    whole = select(build_cube(make_rows()), Choice())
    arcs = len(compose_picture(narrow(whole, "Africa")).arcs)
    page = open_page("?look=Africa")
    wait_for_arcs(page, arcs)
    assert _fetched(page, "disputed.json") == [200], "the dashed lines are a file and no part of the answer"
    assert 0 < arcs < len(compose_picture(whole).arcs)
    expect(page.get_by_role("heading", level=2, name="60 rows")).to_be_visible()


def _fetched(page: Page, name: str) -> list[int]:
    found = f"performance.getEntriesByType('resource').filter(r => r.name.includes({json.dumps(name)})).map(r => r.responseStatus)"
    return list(page.evaluate(found))
