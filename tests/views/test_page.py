"""The page as a whole, run without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.rows import fill_store, make_rows
from tracker import pipeline, table
from tracker.figures.cube import build_cube
from tracker.models import Article, Reading, Span, Verdict
from tracker.store import Store

PAGE = str(Path(__file__).resolve().parents[2] / "dashboard.py")


@pytest.fixture
def rows_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "rows.csv"
    table.to_csv(make_rows(), path)
    monkeypatch.setenv("TRACKER_ROWS", str(path))
    return path


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the page reads, with the sixty rows in it."""
    address = tmp_path / "tracker.sqlite"
    fill_store(address)
    monkeypatch.delenv("TRACKER_ROWS", raising=False)
    monkeypatch.setenv("TRACKER_DB", str(address))
    opened = Store(address)
    yield opened
    opened.close()


def open_page(**query: str | list[str]) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def text_of(page: AppTest) -> str:
    return " ".join([item.proto.body for item in page.get("html")] + [item.value for item in (*page.markdown, *page.caption)])


def layer_of(page: AppTest, name: str) -> list[dict]:
    deck = json.loads(page.get("deck_gl_json_chart")[0].proto.json)
    return next(layer["data"] for layer in deck["layers"] if layer["id"] == name)


def movements_of(page: AppTest) -> pd.DataFrame:
    return next(frame.value for frame in page.dataframe if "Counted" in frame.value.columns)


@pytest.mark.usefixtures("rows_file")
class TestFixtureRows:
    def test_the_headline_counts_each_person_once(self) -> None:
        counted = int(make_rows()["counted_persons"].sum())
        assert f"{counted:,} troops" in text_of(open_page())

    def test_filters_come_from_the_address(self) -> None:
        page = open_page(country=["Romania"], end="to", since="2021-01-01")
        assert set(movements_of(page)["To"]) == {"Romania", "Poland"}
        assert len(movements_of(page)) == 2
        assert page.date_input(key="since").value == date(2021, 1, 1)

    def test_a_wrong_address_is_ignored(self) -> None:
        page = open_page(country=["Atlantis"], kind=["teleport"], since="soon", row="no-such-row", end="sideways")
        assert len(movements_of(page)) == 60

    def test_one_click_clears(self) -> None:
        page = open_page(country=["Poland"], q="Reuters", status=["planned"], by="report", until="2024-01-01", row="row-1")
        assert len(movements_of(page)) == 1
        page.button(key="clear").click().run()
        assert not page.exception and len(movements_of(page)) == 60
        assert not [button for button in page.button if button.key == "clear"]

    def test_nothing_in_view_is_said(self) -> None:
        page = open_page(q="zzzz")
        assert "No row fits these filters" in text_of(page)
        assert layer_of(page, "arcs") == []

    def test_the_chosen_row_comes_from_the_address(self) -> None:
        page = open_page(row="row-40")
        assert "Report 40: " in text_of(page) and "Click an arc" not in text_of(page)

    def test_without_a_choice_the_largest_is_told(self) -> None:
        assert "Report 25: " in text_of(open_page())

    def test_rows_that_cannot_be_drawn_are_listed_with_their_persons(self) -> None:
        page = open_page()
        unplaced = next(frame.value for frame in page.dataframe if list(frame.value.columns) == ["Troops", "Force", "From", "To"])
        drawn = {arc["id"] for arc in layer_of(page, "arcs")} | {mark["id"] for mark in layer_of(page, "states")}
        assert len(drawn) + len(unplaced) + 1 == 60, "and one total is drawn by its parts"
        assert "up to 11,800" in set(unplaced["Troops"])
        assert f"{len(unplaced)} rows" in text_of(page)

    def test_undated_rows_do_not_vanish_silently(self) -> None:
        assert "2 rows without any date in the bar at the right" in text_of(open_page())
        assert "2 rows without any date left out by the dates chosen" in text_of(open_page(since="2000-01-01"))

    def test_the_table_has_words_instead_of_codes(self) -> None:
        shown = movements_of(open_page())
        assert {"United States", "NATO", "Unknown force"} <= set(shown["Force"])
        assert "Fort Bragg, United States" in set(shown["From"]) and "not said" in set(shown["From"])
        assert "United States (implied)" in set(shown["From"])
        assert set(shown["Day of"]) == {"movement", "report", "no date"}
        assert not {"deploy", "US", "None", "nan", "<NA>"} & set(shown.astype(str).to_numpy().ravel())

    def test_a_row_outside_the_filters_still_opens_by_its_address(self) -> None:
        page = open_page(row="row-40", force="Rwanda")
        assert "Report 40: " in text_of(page) and "outside the filters" in text_of(page)

    def test_flows_and_movements_are_a_choice(self) -> None:
        flows = layer_of(open_page(show="flows", force="Rwanda"), "arcs")
        assert [(arc["head"], arc["when"]) for arc in flows] == [("1,150 troops, counted once", "2 completed movements")]
        assert len(layer_of(open_page(show="movements", force="Rwanda"), "arcs")) == 2

    def test_a_part_of_the_world_is_a_view_and_no_filter(self) -> None:
        page = open_page(look="Europe")
        assert len(layer_of(page, "arcs")) < len(layer_of(open_page(), "arcs"))
        assert len(movements_of(page)) == 60 and "rows that begin or end in this part of the world" in text_of(page)

    def test_the_card_can_be_cited_and_shared(self) -> None:
        codes = [item.value for item in open_page(row="row-3").code]
        assert any("https://news.example/3" in code and "Report 3: " in code for code in codes)
        assert any(code.endswith("?row=row-3") for code in codes)

    def test_the_posture_is_that_of_the_filters(self) -> None:
        page = open_page(tab="Posture", since="2022-02-02", until="2022-02-02", q="Report 1: Report 2: Report 3:")
        assert "No counted movement with a known place" in page.info[0].value
        page = open_page(tab="Posture", force="France")
        net = next(frame.value for frame in page.dataframe if "Only possible" in frame.value.columns).set_index("Country")
        assert net.loc["Mali", "Net"] == -2800 and net.loc["Niger", "Only possible"] == -1000
        assert not page.get("deck_gl_json_chart"), "the map rests while another tab is open"

    def test_counts_stand_beside_the_choices(self) -> None:
        counts = [item.proto.body for item in open_page(force="Rwanda").get("html") if item.proto.body.startswith('<ul class="tm-counts"')]
        assert len(counts) == 7 and any("deployment</span><b>2</b>" in body for body in counts)

    def test_the_map_stays_small(self) -> None:
        assert len(open_page().get("deck_gl_json_chart")[0].proto.json) < 300_000

    def test_the_method_names_its_data(self) -> None:
        words = text_of(open_page())
        assert all(name in words for name in ("GeoNames", "CC BY 4.0", "OurAirports", "Natural Earth", "Disputed areas"))


@pytest.mark.parametrize("rows", [1, 10_000])
@pytest.mark.parametrize("show", ["flows", "movements"])
def test_one_row_and_ten_thousand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, show: str) -> None:
    many = pd.concat([make_rows().iloc[1:]] * (rows // 59 + 1), ignore_index=True).head(rows)
    many["deployment_id"] = [f"r{n}" for n in range(rows)]
    table.conform(many).to_parquet(tmp_path / "rows.parquet")
    monkeypatch.setenv("TRACKER_ROWS", str(tmp_path / "rows.parquet"))
    page = open_page(show=show)
    assert len(page.get("deck_gl_json_chart")[0].proto.json) < 300_000
    assert len(movements_of(page)) == min(rows, 1000)
    assert f"{rows:,} row" in text_of(page)


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "cannot be read"), (b"", "not a deployment CSV"), (b"a,b\r\n1,2\r\n", "columns deployment_id"), (b"\xff\xfe", "not")],
)
def test_a_bad_rows_file_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, told: str) -> None:
    path = tmp_path / "bad.csv"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("TRACKER_ROWS", str(path))
    page = open_page()
    assert told in page.error[0].value and "bad.csv" in page.error[0].value


def test_a_cell_that_fits_no_column_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(table.to_csv(make_rows()).replace(b",1700,", b",many,"))
    monkeypatch.setenv("TRACKER_ROWS", str(path))
    assert "odd.csv" in open_page().error[0].value


@pytest.mark.usefixtures("store")
class TestAddedArticles:
    @pytest.fixture(autouse=True)
    def reader(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A stand-in for the extraction: one row an article, so that this file tests the page alone."""

        def track(articles: list[Article]) -> pd.DataFrame:
            (article,) = articles
            row = make_rows().iloc[[1]].assign(deployment_id=article.id, evidence=article.text, title=article.title, marks="", part_of="")
            return table.conform(row if "soldiers" in article.text else row.head(0))

        monkeypatch.setattr(pipeline, "track", track)
        monkeypatch.setattr(pipeline, "read", lambda article: Reading(article, verdicts=(Verdict(Span(0, 5), "a reason", "a rule"),)))

    def paste(self, text: str, **fields: str) -> AppTest:
        page = open_page()
        page.text_area(key="paste_text").set_value(text)
        for name, value in fields.items():
            page.text_input(key=f"paste_{name}").set_value(value)
        page.button(key="paste_read").click().run()
        assert not page.exception
        return page

    def test_a_pasted_text_is_shown_before_it_joins(self) -> None:
        page = self.paste("Norway sent 150 soldiers to Mali.", title="A <b>title</b>")
        assert len(movements_of(page)) == 60, "not on the map before the reader says so"
        told = next(frame.value for frame in page.dataframe if "What became of it" in frame.value.columns)
        assert told.loc[0, "Number"] == "Norwa" and told.loc[0, "What became of it"] == "a reason"
        page.button(key="draft_add").click().run()
        assert len(movements_of(page)) == 61
        page.button(key="remove-A <b>title</b>").click().run()
        assert not page.exception and len(movements_of(page)) == 60

    def test_the_same_text_twice_is_one_row(self) -> None:
        page = self.paste("Norway sent 150 soldiers to Mali.")
        page.button(key="draft_add").click().run()
        page.button(key="paste_read").click().run()
        page.button(key="draft_add").click().run()
        assert not page.exception and len(movements_of(page)) == 61
        assert [button.key for button in page.button if str(button.key).startswith("remove-")] == ["remove-Pasted text"]
        assert "had been there before" in page.toast[0].value

    def test_everybody_sees_what_is_kept(self, store: Store) -> None:
        self.paste("Norway sent 150 soldiers to Mali.").button(key="draft_add").click().run()
        assert len(movements_of(open_page())) == 61 and len(store.read()) == 61

    def test_the_first_article_takes_the_place_of_the_samples(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TRACKER_DB", str(tmp_path / "new" / "tracker.sqlite"))
        # Not the cached reading of the samples itself: it would stay for the tests that follow.
        monkeypatch.setattr("tracker.views.rows._read_samples", lambda: build_cube(make_rows()))
        page = self.paste("Norway sent 150 soldiers to Mali.")
        page.button(key="draft_add").click().run()
        assert not page.exception and len(movements_of(page)) == 1
        assert "samples have made room" in page.toast[0].value

    def test_what_is_taken_off_is_rejected_and_not_lost(self, store: Store) -> None:
        page = self.paste("Norway sent 150 soldiers to Mali.")
        page.button(key="draft_add").click().run()
        page.button(key="remove-Pasted text").click().run()
        [act] = store.acts()
        assert act.what == "reject" and len(store.read()) == 61
        store.undo(act.number, "Ada")
        assert len(movements_of(open_page())) == 61

    def test_a_table_of_ones_own_is_only_shown(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
        table.to_csv(make_rows().head(7), tmp_path / "rows.csv")
        monkeypatch.setenv("TRACKER_ROWS", str(tmp_path / "rows.csv"))
        page = self.paste("Norway sent 150 soldiers to Mali.")
        assert len(movements_of(page)) == 7 and page.button(key="draft_add").disabled
        assert "shows the table" in page.info[0].value and len(store.read()) == 60

    def test_a_store_that_cannot_be_opened_is_a_message(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "words.sqlite").write_text("not a database, " * 100)
        monkeypatch.setenv("TRACKER_DB", str(tmp_path / "words.sqlite"))
        page = open_page()
        assert "no SQLite database" in page.error[0].value

    @pytest.mark.parametrize("text", ["", "   \n ", "Nichts davon ist auf Englisch, und so kann niemand es hier lesen. " * 8])
    def test_a_text_that_cannot_be_read_is_a_message(self, text: str) -> None:
        page = self.paste(text)
        assert page.warning and page.button(key="draft_add").disabled

    def test_a_text_without_movements_says_so_and_why(self) -> None:
        page = self.paste("The weather was fine.")
        assert "no movement of a stated number" in text_of(page) and page.button(key="draft_add").disabled

    def test_files_give_their_articles_and_their_problems(self) -> None:
        page = open_page()
        lines = b'{"text": "Chad sent 200 soldiers home."}\nnot json\n{"text": "Peru sent 90 soldiers to Haiti."}\n'
        page.file_uploader(key="upload_files").set_value([("two.jsonl", lines, "application/json"), ("none.txt", b"", "text/plain")])
        page.button(key="upload_read").click().run()
        assert not page.exception
        assert any("line 2" in warning.value for warning in page.warning) and any("empty" in warning.value for warning in page.warning)
        page.button(key="draft_add").click().run()
        assert len(movements_of(page)) == 62

    def test_reading_no_file_is_a_message(self) -> None:
        page = open_page()
        page.button(key="upload_read").click().run()
        assert "No file was chosen" in page.warning[0].value


def test_every_number_of_a_sample_is_told_on_its_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_ROWS", raising=False)
    monkeypatch.setenv("TRACKER_DB", "none/there.sqlite")
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.session_state["numbers"] = True
    page.run()
    assert not page.exception
    told = next(item.proto.body for item in page.get("html") if "tm-verdicts" in item.proto.body)
    assert told.count('class="tm-own"') >= 1 and "row:" in told


def test_the_samples_are_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_ROWS", raising=False)
    monkeypatch.setenv("TRACKER_DB", "none/there.sqlite")
    page = open_page()
    assert len(movements_of(page)) > 40 and len(layer_of(page, "arcs")) > 20
