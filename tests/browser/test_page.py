"""The page in a real browser: what it draws, what it asks for, and what a click does."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.rows import make_rows
from tracker import table
from tracker.figures.arc_map import compose_picture
from tracker.figures.choice import Choice
from tracker.figures.cube import build_cube
from tracker.figures.selection import select
from tracker.views.filters import choose_rows

ORANGE, BLUE = (230, 159, 0), (0, 114, 178)
ARTICLE = "Norway will send 150 soldiers to Mali, the defence ministry said on Monday. About 40 trucks go too."


def count_arcs(choice: Choice | None = None) -> int:
    """Arcs that the rows of a choice ask for."""
    return len(compose_picture(select(build_cube(make_rows()), choice or Choice())).arcs)


def wait_for_arcs(page: Page, arcs: int) -> None:
    """Waits until one call has drawn as many instances of a strip as there are arcs (no other layer has 100 vertices)."""
    page.wait_for_function("n => window.draws.some(([vertices, instances]) => vertices >= 100 && instances === n)", arg=arcs)


def retry(action: Callable[[], object], done: Callable[[], bool], times: int = 6) -> None:
    """Repeats a click that a map which is still settling may miss."""
    for _ in range(times):
        action()
        for _ in range(20):
            if done():
                return
            time.sleep(0.1)
    pytest.fail("the click had no effect")


def find_colour(page: Page, colour: tuple[int, int, int], slack: int = 95) -> list[tuple[float, float]]:
    """Points of the page at which the map has a colour, from top to bottom."""
    box = page.locator("[data-testid=stDeckGlJsonChart]").bounding_box()
    assert box
    image = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("RGB")
    reds = image.load()
    assert reds is not None
    return [
        (box["x"] + x, box["y"] + y)
        for y in range(image.height)
        for x in range(image.width)
        if all(abs(part - want) < slack for part, want in zip(reds[x, y], colour, strict=True))
    ]


def test_the_world_is_drawn_with_every_arc(open_page: Open) -> None:
    page = open_page()
    wait_for_arcs(page, count_arcs())
    expect(page.locator(".tm-head")).to_contain_text(f"{int(make_rows()['counted_persons'].sum()):,} troops")
    land = page.evaluate("performance.getEntriesByType('resource').filter(r => r.name.includes('land-far')).map(r => r.responseStatus)")
    assert land == [200], "the outlines are fetched once"


def test_a_filter_changes_what_is_drawn_and_stays_in_the_address(open_page: Open, browser_address: Callable[[Page], str]) -> None:
    page = open_page()
    few = count_arcs(Choice(words="okinawa"))
    assert 0 < few < 10
    page.get_by_placeholder("Search words").fill("okinawa")
    page.keyboard.press("Enter")
    wait_for_arcs(page, few)
    expect(page.get_by_role("heading", level=2, name=f"{few} rows")).to_be_visible()
    again = open_page(browser_address(page), fresh=True)
    expect(again.get_by_role("heading", level=2, name=f"{few} rows")).to_be_visible()
    wait_for_arcs(again, few)
    again.get_by_role("button", name="Clear filters").click()
    expect(again.get_by_role("heading", level=2, name="60 rows")).to_be_visible()
    assert browser_address(again) == ""


def test_a_click_on_an_arc_shows_its_sentence(open_page: Open) -> None:
    page = open_page("?country=Guam&status=planned")
    wait_for_arcs(page, 1)
    expect(page.locator(".tm-count")).to_have_text("About 4,000 troops")
    expect(page.get_by_text("The largest in view")).to_be_visible()

    def click() -> None:
        points = find_colour(page, ORANGE)
        if len(points) > 50:
            page.mouse.click(*points[len(points) // 2])

    retry(click, lambda: "row=row-36" in page.url)
    expect(page.locator(".tm-evidence")).to_contain_text("Report 36: US has 4,000 troops")
    expect(page.locator(".tm-evidence mark.tm-number")).to_have_text("4,000")
    expect(page.get_by_role("link", name="Open the article")).to_have_attribute("href", "https://news.example/36")


def test_a_click_on_a_row_shows_its_sentence(open_page: Open) -> None:
    page = open_page("?force=Fiji&kind=deployment")
    expect(page.locator(".tm-evidence")).to_contain_text("Report 39")
    grid = page.locator("[data-testid=stDataFrame]").last
    grid.scroll_into_view_if_needed()
    retry(lambda: grid.click(position={"x": 16, "y": 53}), lambda: "row=row-40" in page.url)
    expect(page.locator(".tm-evidence")).to_contain_text("Report 40: FJ has 50 troops")
    expect(page.get_by_text("The largest in view")).to_have_count(0)


def test_the_downloads_are_exactly_what_is_in_view(open_page: Open) -> None:
    page = open_page("?status=denied&status=possible")
    expect(page.get_by_role("heading", level=2, name="5 rows")).to_be_visible()
    got: dict[str, bytes] = {}
    for name in ("Download CSV", "GeoJSON", "KML", "Parquet", "Page (HTML)"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        got[download.value.suggested_filename.rsplit(".", 1)[1]] = Path(download.value.path()).read_bytes()
    wanted = choose_rows(make_rows(), Choice(statuses=("denied", "possible"))).reset_index(drop=True)
    assert len(wanted) == 5 and table.read_csv(got["csv"]).equals(wanted)
    assert table.conform(pd.read_parquet(io.BytesIO(got["parquet"]))).equals(wanted)
    ids = set(wanted["deployment_id"])
    assert {feature["id"] for feature in json.loads(got["geojson"])["features"]} == ids
    assert {mark.get("id") for mark in ElementTree.fromstring(got["kml"]).iter("{http://www.opengis.net/kml/2.2}Placemark")} == {
        f"row-{name}" for name in ids
    }
    page.set_content(got["html"].decode())
    expect(page.locator("tbody tr")).to_have_count(5)
    expect(page.get_by_text("Filter: status denied, possible.")).to_be_visible()
    assert page.locator("svg path[stroke]").count() >= 6


def test_a_dragged_window_sets_the_dates(open_page: Open) -> None:
    page = open_page()
    chart = page.locator("[data-testid=stVegaLiteChart]")
    chart.scroll_into_view_if_needed()
    expect(chart.locator("canvas, svg").first).to_be_visible()

    def drag() -> None:
        box = chart.bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] * 0.45, box["y"] + 50)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 50, steps=6)
        page.mouse.up()

    retry(drag, lambda: "since=" in page.url and "until=" in page.url)

    def rows_of_address() -> int:
        since, until = (date.fromisoformat(re.search(rf"{name}=([\d-]+)", page.url)[1]) for name in ("since", "until"))  # type: ignore[index]
        return len(choose_rows(make_rows(), Choice(since=since, until=until)))

    def is_settled() -> bool:
        # While the window is dragged its days still change; what counts is that page and address agree in the end.
        heading = page.get_by_role("heading", level=2).filter(has_text=re.compile(r"^\d+ rows?$"))
        return 0 < rows_of_address() < 60 and heading.inner_text().startswith(f"{rows_of_address()} row")

    retry(lambda: None, is_settled, times=10)


def find_blue(page: Page) -> list[tuple[float, float]]:
    return find_colour(page, BLUE, slack=60)


def test_a_click_on_a_flow_leafs_through_its_rows(open_page: Open) -> None:
    page = open_page("?show=flows&force=Rwanda")
    wait_for_arcs(page, 1)
    expect(page.locator(".tm-evidence")).to_contain_text("Report 15")

    def click() -> None:
        points = find_blue(page)
        if len(points) > 30:
            page.mouse.click(*points[len(points) // 2])

    retry(click, lambda: page.get_by_text(re.compile(r": 1 of 2$")).count() == 1)
    page.get_by_role("button", name="\u203a", exact=True).click()
    expect(page.get_by_text(re.compile(r": 2 of 2$"))).to_be_visible()
    expect(page.locator(".tm-evidence")).to_contain_text("Report 16: RW has 300 troops")
    page.wait_for_function("location.search.includes('row=row-16')")


def test_play_moves_by_itself_and_stopping_sets_the_dates(open_page: Open) -> None:
    page = open_page("?force=United+States")
    page.get_by_text("Play over time").click()
    player = page.locator(".tm-player")
    expect(player).to_have_attribute("data-drawn", re.compile(r"^1\d$"))
    page.get_by_role("button", name="Play", exact=True).click()
    expect(player).to_have_attribute("data-running", "true")
    days = [page.locator(".tm-day").inner_text()]
    page.wait_for_function("before => document.querySelector('.tm-day').textContent !== before", arg=days[0])
    assert int(player.get_attribute("data-drawn") or 99) < 10, "it begins with the first years"
    page.get_by_role("button", name="Pause", exact=True).click()
    page.wait_for_function("location.search.includes('until=') && location.search.includes('mode=cumulative')")
    until = date.fromisoformat(re.search(r"until=([\d-]+)", page.url)[1])  # type: ignore[index]
    kept = len(choose_rows(make_rows(), Choice(forces=("US",), until=until)))
    expect(page.get_by_role("heading", level=2, name=f"{kept} row")).to_be_visible()


def test_who_wants_less_motion_gets_steps(open_page: Open) -> None:
    page = open_page("?force=United+States", quiet=True)
    page.get_by_text("Play over time").click()
    expect(page.get_by_role("button", name="One step back")).to_be_visible()
    expect(page.locator(".tm-play")).to_be_hidden()
    page.get_by_role("button", name="One step back").click()
    page.wait_for_function("location.search.includes('until=2023-12-31')")


def test_the_posture_tab_and_its_names(open_page: Open) -> None:
    page = open_page("?tab=Posture")
    for name in ("Net persons by country", "What comes and goes", "Largest flows", "From whom to whom"):
        expect(page.get_by_role("heading", level=2, name=name)).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart] .marks")).to_have_count(3)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('.stMain button, .stMain input, .stMain select')]
        .filter(e => e.offsetParent && !(e.textContent.trim() || e.ariaLabel || e.labels?.length || e.title))
        .filter(e => !e.getAttribute('aria-labelledby'))
        .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == [], "every control has a name for who cannot see it"


def test_a_pasted_article_joins_for_everybody_and_leaves(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("tab", name="Add articles").click()
    page.get_by_label("Text of the article").fill(ARTICLE)
    page.get_by_label("Title").fill("Norwegians for Mali")
    page.get_by_label("Published on").first.scroll_into_view_if_needed()
    page.get_by_role("button", name="Read the text").click()
    expect(page.get_by_text("1 article, 1 row")).to_be_visible()
    expect(page.get_by_text("Every number of the text and what became of it")).to_be_visible()
    page.get_by_role("button", name="Add to the map").click()
    expect(page.get_by_text("Norwegians for Mali: 1 row")).to_be_visible()
    page.get_by_role("tab", name="Map").click()
    expect(page.get_by_role("heading", level=2, name="61 rows")).to_be_visible()
    expect(open_page().get_by_role("heading", level=2, name="61 rows")).to_be_visible()
    page.get_by_role("tab", name="Add articles").click()
    page.get_by_role("button", name="Take off").click()
    page.get_by_role("tab", name="Map").click()
    expect(page.get_by_role("heading", level=2, name="60 rows")).to_be_visible()


def test_a_row_is_reviewed_with_the_keyboard(open_page: Open) -> None:
    page = open_page("?tab=Review")
    first = page.get_by_text("rows nobody has looked at")
    before = int(first.locator("strong").first.inner_text())
    page.get_by_role("textbox", name="Your name").fill("Ada")
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Or the identifier of a row").fill(make_rows()["deployment_id"].iloc[0])
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Accept")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("a")
    expect(first.locator("strong").first).to_have_text(str(before - 1))
    expect(page.get_by_text("accept: review")).to_be_visible()
    page.keyboard.press("u")
    expect(first.locator("strong").first).to_have_text(str(before))


@pytest.mark.parametrize(("width", "scheme", "phone"), [(390, "light", True), (900, "dark", False)])
def test_narrow_screens_need_no_sideways_scrolling(open_page: Open, width: int, scheme: str, phone: bool) -> None:
    page = open_page(width=width, height=900, scheme=scheme, phone=phone)
    wait_for_arcs(page, count_arcs())
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    box = page.locator("[data-testid=stDeckGlJsonChart]").bounding_box()
    assert box and box["width"] > width * 0.85, "the map has the whole width"
    assert not phone or box["y"] < 400, "on a phone the map is in sight at once"
    dark = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(18, 24, 31)"
    assert dark == (scheme == "dark")


def test_the_filters_of_a_phone_unfold(open_page: Open) -> None:
    page = open_page("?status=planned", width=390, height=844, phone=True)
    page.get_by_text("Filters \u00b7 1").click()
    page.get_by_role("button", name="Status \u00b7 1").click()
    page.get_by_role("button", name="denied", exact=True).click()
    page.wait_for_function("location.search.includes('status=denied')")


def test_every_tab_opens_quietly(open_page: Open) -> None:
    page = open_page("?q=zzzz")
    expect(page.get_by_text("No row fits these filters")).to_be_visible()
    page.get_by_role("tab", name="Method & limits").click()
    expect(page.get_by_role("link", name="GeoNames")).to_be_visible()
    page.get_by_role("tab", name="Add articles").click()
    expect(page.get_by_role("button", name="Read the files")).to_be_visible()
