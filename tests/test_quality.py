"""The scripts behind docs/quality.md: the page keeps its markers, verdicts are read, the gate shuts out no dispatch."""

import pytest

from benchmarks import gate_recall, quality, sample_rows
from tracker.evaluation import Evaluation, GoldArticle, Rate, Record, Totals
from tracker.models import Span


def test_the_page_has_a_place_for_every_block():
    page = quality.PAGE.read_text(encoding="utf-8")
    blocks = dict.fromkeys(("sets", "sample", "confidence", "gate", "speed", "known failures"), "x")
    filled = quality.filled(page, blocks)
    assert all(quality.block(filled, name) == "x\n" for name in blocks)
    assert quality.filled(filled, {name: quality.block(page, name).rstrip("\n") for name in blocks}) == page
    with pytest.raises(ValueError, match="no markers for cost"):
        quality.filled(page, {"cost": "x"})


def test_a_set_measured_again_takes_the_place_of_its_row_and_the_others_stay():
    def row(name, f1, measured):
        one = Record((Span(0, 4),), "", 5, 5)
        result = Evaluation(1, Rate(1, 0, 0), Rate(1, 1, 0), Rate(0, 2, 1), Totals(2, 1, 1), {"kind": [1, f1]})
        return quality.row(name, [GoldArticle("a", "text", (one, one))], result, measured)

    old = quality.table(quality.HEADER, [row("dev", 2, "aaa"), row("traps", 4, "aaa")])
    lines = quality.merged(old + "\n", [row("dev", 5, "bbb"), row("new", 1, "bbb")]).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| dev", "| traps", "| new"]
    assert lines[2] == "| dev | 1 | 2 | 1.000 | 0.50 / 1.00 / **0.667** | 0.000 | 0.50 / 0.50 of 2 |  |  | 0.20 |  |  |  |  | bbb |"
    assert lines[3].endswith("| aaa |") and "0.25" in lines[3]


def test_every_dispatch_passes_the_gate():
    found = gate_recall.pass_through(quality.texts(quality.DISPATCHES))
    assert found.firm > 100 and found.shut_out == []


def test_a_record_out_of_reach_of_the_gate_is_told():
    text = "300 soldiers left. " + "It rained. " * 4 + "They were 40."
    far, near = (Record((Span(s, e),), text[s:e], 1, 1) for s, e in ((text.index("40"), text.index("40") + 2), (0, 12)))
    found = gate_recall.pass_through([GoldArticle("a", text, (far, near))])
    assert (found.firm, found.firm_through) == (2, 1) and found.shut_out == [("a", far)]


def test_verdicts_give_a_share_with_its_interval():
    verdicts = [{"verdict": v} for v in ["right"] * 8 + ["wrong"] * 2 + ["open"] * 5]
    right, every, low, high = sample_rows.precision(verdicts)
    assert (right, every) == (8, 10)
    assert low == pytest.approx(0.4902, abs=1e-3) and high == pytest.approx(0.9433, abs=1e-3)  # Wilson's interval of 8 in 10


def test_the_verdicts_hold_no_text():
    path = quality.ROOT / "benchmarks" / "verdicts" / "current-events.csv"
    verdicts = sample_rows.read_verdicts(str(path))
    assert len(verdicts) >= 100 and len({(v["article_id"], v["start"], v["end"]) for v in verdicts}) == len(verdicts)
    assert set(verdicts[0]) == {"article_id", "start", "end", "verdict", "error"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id,verdict\n", "line 1: the columns are not"),
        ("article_id,start,end,verdict,error\na,1,2,maybe,\n", "line 2: needs offsets, and right"),
    ],
)
def test_a_bad_verdict_file_is_told(tmp_path, content, told):
    path = tmp_path / "verdicts.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit, match=told):
        sample_rows.count(str(path))
