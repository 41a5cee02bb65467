"""The part of the page that a click on the map runs, and its asking for the whole."""

from streamlit.testing.v1 import AppTest


def ask_twice() -> None:
    import streamlit as st

    from tracker.views.selection import ask_for_page, take_request

    before = take_request()
    ask_for_page()
    st.text(f"{before} {take_request()} {take_request()}")


def test_the_whole_page_is_asked_for_once() -> None:
    app = AppTest.from_function(ask_twice).run()
    assert app.text[0].value == "False True False"
