"""Nobody is counted twice: repeats, wholes and parts, and what each row adds."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.conftest import Names
from tracker.extraction import ledger
from tracker.models import Article, Deployment, End, Quantity, Span, Toponym

PLACES = {"Mali": "ML", "Niger": "NE", "Chad": "TD", "Gao": "ML"}


def rows_of(text, *specs):
    """Rows whose quotes are found in the text one after the other: (quote, number, {fields})."""
    article, at, rows = Article(text), 0, []
    for quote, number, fields in specs:
        at = text.index(quote, at)
        span = Span(at, at + len(quote))
        at = span.end
        low, high = number if isinstance(number, tuple) else (number, number)
        rows.append(
            Deployment(
                article,
                span,
                Quantity(span, low, high, additional="another" in quote),
                "soldiers",
                **{"kind": "deploy", "status": "planned", "actor": "PE"} | fields,
            )
        )
    return rows


def to(name, basis="stated"):
    return End(Toponym(name, name, country=PLACES.get(name, "")), basis)


def settled(text, *specs):
    return ledger.settle(rows_of(text, *specs), text, Names())


def counted(rows):
    return [row.counted_persons for row in rows]


def test_one_movement_counts_its_number():
    (row,) = settled("Peru will send 300 soldiers to Mali.", ("300 soldiers", 300, {"destination": to("Mali")}))
    assert row.counted_persons == 300 and row.part_of == "" and "300" in row.ledger


@pytest.mark.parametrize(
    ("kind", "status", "persons"),
    [
        ("deploy", "planned", 300),
        ("deploy", "ongoing", 300),
        ("withdraw", "completed", 300),
        ("redeploy", "planned", 300),
        ("rotate", "completed", 300),
        ("deploy", "possible", 0),
        ("deploy", "denied", 0),
        ("alert", "completed", 0),
        ("presence", "", 0),
    ],
)
def test_only_movements_that_are_told_count(kind, status, persons):
    (row,) = settled("300 soldiers", ("300 soldiers", 300, {"kind": kind, "status": status}))
    assert row.counted_persons == persons and row.ledger


@pytest.mark.parametrize(("number", "persons"), [((2000, 3000), 2500), ((None, 3000), 3000), ((8500, None), 8500)])
def test_an_open_or_wide_number_counts_its_count(number, persons):
    assert counted(settled("the soldiers", ("soldiers", number, {"destination": to("Mali")}))) == [persons]


def test_two_parts_that_add_up_cover_the_whole():
    rows = settled(
        "2,000 soldiers to the Sahel. 1,700 soldiers to Mali and another 300 to Niger.",
        ("2,000 soldiers", 2000, {}),
        ("1,700 soldiers", 1700, {"destination": to("Mali")}),
        ("another 300", 300, {"destination": to("Niger")}),
    )
    assert counted(rows) == [0, 1700, 300]
    assert [row.part_of for row in rows] == ["", rows[0].deployment_id, rows[0].deployment_id]
    assert "1,700 + 300 = 2,000" in rows[0].ledger


def test_four_parts_that_add_up_cover_the_whole():
    rows = settled(
        "1,131 soldiers: 800 of one sort, 210 of another, 101 more and 20 cooks.",
        ("1,131 soldiers", 1131, {}),
        ("800", 800, {}),
        ("210", 210, {}),
        ("101", 101, {}),
        ("20", 20, {}),
    )
    assert counted(rows) == [0, 800, 210, 101, 20]


def test_a_stated_part_leaves_the_rest_with_the_whole():
    rows = settled(
        "Peru will send 3,000 soldiers to Mali, including 1,000 marines.",
        ("3,000 soldiers", 3000, {"destination": to("Mali")}),
        ("1,000 marines", 1000, {}),
    )
    assert counted(rows) == [2000, 1000] and rows[1].part_of == rows[0].deployment_id


def test_numbers_that_do_not_add_up_are_left_alone():
    rows = settled(
        "2,000 soldiers to Chad. 1,700 to Mali and another 400 to Niger.",
        ("2,000 soldiers", 2000, {"destination": to("Chad")}),
        ("1,700", 1700, {"destination": to("Mali")}),
        ("another 400", 400, {"destination": to("Niger")}),
    )
    assert counted(rows) == [2000, 1700, 400] and not any(row.part_of for row in rows)


def test_a_stock_is_no_whole_of_what_arrives():
    rows = settled(
        "Of 150,000 soldiers in Mali, 1,500 came this week.",
        ("150,000 soldiers", 150_000, {"kind": "presence", "status": ""}),
        ("1,500", 1500, {"status": "completed"}),
    )
    assert counted(rows) == [0, 1500]


def test_parts_of_another_force_do_not_cover_a_whole():
    rows = settled(
        "2,000 Peruvians. 1,700 Chadians and 300 Chadians.",
        ("2,000", 2000, {"actor": "PE"}),
        ("1,700", 1700, {"actor": "TD"}),
        ("300", 300, {"actor": "TD"}),
    )
    assert counted(rows) == [2000, 1700, 300]


def test_parts_of_several_states_cover_the_whole_of_an_organisation():
    rows = settled(
        "2,000 for NATO. 1,700 Peruvians and 300 Chadians.",
        ("2,000", 2000, {"actor": "NATO"}),
        ("1,700", 1700, {"actor": "PE"}),
        ("300", 300, {"actor": "TD"}),
    )
    assert counted(rows) == [0, 1700, 300]


def test_denied_parts_do_not_cover_a_whole_that_is_told():
    rows = settled(
        "2,000 soldiers. Not 1,700 and not 300.",
        ("2,000 soldiers", 2000, {}),
        ("1,700", 1700, {"status": "denied"}),
        ("300", 300, {"status": "denied"}),
    )
    assert counted(rows) == [2000, 0, 0]


def test_the_same_movement_told_twice_is_one_row_the_more_complete():
    rows = settled(
        "300 soldiers will go. Peru will send 300 soldiers to Mali.",
        ("300 soldiers", 300, {"actor": ""}),
        ("300 soldiers", 300, {"destination": to("Mali")}),
    )
    assert len(rows) == 1 and rows[0].destination is not None and rows[0].counted_persons == 300


def test_the_same_number_to_another_place_is_another_movement():
    rows = settled(
        "300 soldiers to Mali. 300 soldiers to Niger.",
        ("300 soldiers", 300, {"destination": to("Mali")}),
        ("300 soldiers", 300, {"destination": to("Niger")}),
    )
    assert counted(rows) == [300, 300]


def test_the_same_number_of_another_force_is_another_movement():
    rows = settled(
        "300 soldiers of Peru to Mali. 300 soldiers of Chad to Mali.",
        ("300 soldiers", 300, {"destination": to("Mali")}),
        ("300 soldiers", 300, {"destination": to("Mali"), "actor": "TD"}),
    )
    assert counted(rows) == [300, 300]


def test_another_of_the_same_number_is_another_movement():
    rows = settled(
        "300 soldiers to Mali and another 300 to Mali.",
        ("300 soldiers", 300, {"destination": to("Mali")}),
        ("another 300", 300, {"destination": to("Mali")}),
    )
    assert counted(rows) == [300, 300]


def test_in_and_out_on_one_number_are_two_rows():
    first, second = rows_of("The 300 soldiers sent in May leave Mali now.", ("300 soldiers", 300, {"destination": to("Mali")})) * 2
    rows = ledger.settle(
        [first, replace(second, kind="withdraw", origin=to("Mali"), destination=None, ordinal=1)], first.article.text, Names()
    )
    assert [row.kind for row in rows] == ["deploy", "withdraw"] and counted(rows) == [300, 300]


def test_a_running_total_adds_nobody():
    rows = settled(
        "200 more soldiers go to Mali, which makes it 1,200.",
        ("200 more soldiers", 200, {"destination": to("Mali")}),
        ("1,200", 1200, {"destination": to("Mali"), "aggregate": True}),
    )
    assert counted(rows) == [200, 0]


def test_no_rows_give_no_rows():
    assert ledger.settle([], "", Names()) == []


KINDS = st.tuples(
    st.integers(1, 40),
    st.sampled_from(["deploy", "withdraw", "redeploy", "rotate", "alert", "presence"]),
    st.sampled_from(["planned", "ongoing", "completed", "possible", "denied"]),
    st.booleans(),
    st.sampled_from(["PE", "TD", "NATO", ""]),
    st.sampled_from([None, "Mali", "Niger", "Gao"]),
)


@given(st.lists(KINDS, max_size=10))
def test_whatever_is_told_no_person_is_counted_twice(specs):
    text = " ".join(f"n{i} soldiers" for i in range(len(specs)))
    rows = settled(
        text,
        *(
            (
                f"n{i} soldiers",
                n * 100,
                {"kind": k, "status": "" if k == "presence" else s, "aggregate": g, "actor": a, "destination": to(d) if d else None},
            )
            for i, (n, k, s, g, a, d) in enumerate(specs)
        ),
    )
    ids = {row.deployment_id: row for row in rows}
    assert len(ids) == len(rows) <= len(specs)
    assert [row.quote for row in rows] == sorted(row.quote for row in rows)
    for row in rows:
        assert 0 <= row.counted_persons <= row.quantity.count and row.ledger
        told = row.moves and row.status in {"planned", "ongoing", "completed"} and not row.aggregate
        assert told or row.counted_persons == 0
        assert row.part_of == "" or (row.part_of in ids and row.part_of != row.deployment_id)
    for whole in rows:
        parts = [row for row in rows if row.part_of == whole.deployment_id]
        if parts and whole.moves:
            assert sum(part.quantity.count for part in parts) <= whole.quantity.count or whole.counted_persons == 0


def test_another_number_right_behind_a_whole_is_no_part_of_it():
    text = "Peru flew 450 soldiers to Mali. Then another 150 went to Chad and 300 soldiers to Niger."
    rows = settled(text, ("450 soldiers", 450, {}), ("another 150", 150, {}), ("300 soldiers", 300, {}))
    assert [row.counted_persons for row in rows] == [450, 150, 300]
    text = "Peru sends 450 soldiers to Mali: 300 soldiers to Gao, another 150 to Kidal."
    rows = settled(text, ("450 soldiers", 450, {}), ("300 soldiers", 300, {}), ("another 150", 150, {}))
    assert [row.counted_persons for row in rows] == [0, 300, 150]


def wholes(text, *rows):
    """For each row the index of its whole, or None."""
    found = settled(text, *rows)
    ids = [row.deployment_id for row in found]
    return [ids.index(row.part_of) if row.part_of else None for row in found]


def test_what_comes_before_the_rest_is_a_part():
    text = "Peru is sending 240 soldiers to Gao. Sixty have landed; the rest will follow in June."
    assert wholes(text, ("240 soldiers", 240, {}), ("Sixty", 60, {})) == [None, 0]
    text = "Peru is sending 240 soldiers to Gao. Sixty police landed in Kidal. The remaining hostages were freed."
    assert wholes(text, ("240 soldiers", 240, {}), ("Sixty", 60, {})) == [None, None]
    text = "Peru is sending 240 soldiers to Gao. Sixty have landed in Kidal. The rest of the country is calm."
    assert wholes(text, ("240 soldiers", 240, {}), ("Sixty", 60, {})) == [None, None]


def test_those_who_went_ahead_are_part_of_the_full_force():
    text = "A forward deployment of 200 soldiers took the airfield. The full deployment consisted of about 1,800 soldiers."
    rows = settled(text, ("200 soldiers", 200, {}), ("about 1,800 soldiers", 1800, {}))
    assert [row.part_of for row in rows] == [rows[1].deployment_id, ""]
    assert sum(row.counted_persons for row in rows) == 1800


def test_an_advance_party_belongs_to_those_who_follow():
    text = "Peru will send 900 soldiers to Gao. An advance party of about 60 engineers leaves on Friday."
    assert wholes(text, ("900 soldiers", 900, {}), ("60 engineers", 60, {})) == [None, 0]


def test_an_increase_is_part_of_what_it_leads_to():
    text = "The force in Gao reached 4,200 troops, an increase of 600 on the spring."
    assert wholes(text, ("4,200 troops", 4200, {"kind": "presence", "status": ""}), ("600", 600, {})) == [None, 0]


def test_arrivals_that_keep_a_number_up_are_part_of_it():
    text = "The arrival of 500 marines and another 300 sailors is keeping the force in Gao at roughly 4,200."
    rows = wholes(
        text, ("500 marines", 500, {}), ("300 sailors", 300, {}), ("4,200", 4200, {"kind": "presence", "status": "", "aggregate": True})
    )
    assert rows == [2, 2, None]


def test_those_who_join_others_are_no_part_of_them():
    text = "Peru announced 2,600 soldiers, including 12 cooks with their kitchens, who will go to Gao, joining 500 soldiers already there."
    assert wholes(text, ("2,600 soldiers", 2600, {}), ("500 soldiers", 500, {})) == [None, None]


def test_parts_of_a_movement_told_again_move_as_it_does():
    """What is listed of "the 3,000 soldiers" goes where they go, from where it stands."""
    text = (
        "Peru will send 3,000 more soldiers to Mali. "
        "The 3,000 soldiers include 2,000 gunners and 1,000 marines in Chad, and 200 already there."
    )
    stays = {"kind": "presence", "status": ""}
    rows = settled(
        text,
        ("3,000 more soldiers", 3000, {"destination": to("Mali")}),
        ("3,000 soldiers", 3000, stays | {"destination": to("Chad")}),
        ("2,000 gunners", 2000, stays),
        ("1,000 marines", 1000, stays | {"destination": to("Chad")}),
        ("200", 200, stays | {"destination": to("Mali")}),
    )
    assert [row.quantity.count for row in rows] == [3000, 2000, 1000, 200]
    assert [row.kind for row in rows] == ["deploy", "deploy", "redeploy", "presence"]
    assert [row.destination and row.destination.toponym.name for row in rows] == ["Mali"] * 4
    assert [row.origin and row.origin.toponym.name for row in rows] == [None, None, "Chad", None]
    assert [row.status for row in rows] == ["planned"] * 3 + [""]
    assert [row.part_of for row in rows] == ["", rows[0].deployment_id, rows[0].deployment_id, ""]
    assert counted(rows) == [0, 2000, 1000, 0]


def test_the_same_number_elsewhere_is_another_force_unless_it_points_back():
    stays = {"kind": "presence", "status": "", "destination": to("Chad")}
    text = "Peru will send 900 soldiers to Mali. It has 900 soldiers in Chad."
    assert len(settled(text, ("900 soldiers", 900, {"destination": to("Mali")}), ("900 soldiers", 900, stays))) == 2
