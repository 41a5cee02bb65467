"""What could not be read, said so that the reader of the message can mend it."""

from __future__ import annotations

from dataclasses import dataclass

#: What helps with an address that cannot be read.
CHECK_ADDRESS = "check the address"
SAVE_PAGE = "save the page as .html and read that file"
SAVE_TEXT = "save its words as plain text (.txt) and read that file"


class InputError(ValueError):
    """An input that gives no article: the reason, and the cure. ``passing`` says that the same may be read at another time.

    >>> str(InputError("the text is empty", "paste the article's words"))
    "the text is empty; paste the article's words"
    """

    def __init__(self, reason: str, cure: str, *, passing: bool = False) -> None:
        super().__init__(f"{reason}; {cure}")
        self.passing = passing
        self.reason = reason
        self.cure = cure


def passing(reason: str) -> InputError:
    """The error of an address that may be read at another time."""
    return InputError(reason, f"try again later, or {SAVE_PAGE}", passing=True)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where, why, and what to do about it. ``line`` counts from 1.

    ``left_out`` tells whether an article was lost by it; a note on an article that was read all the same has False.
    ``repeat`` is True where the article came before, so that nothing is lost.

    >>> print(Problem("reports.jsonl", "not valid JSON (Expecting value)", "fix or delete the line", line=3))
    reports.jsonl, line 3: not valid JSON (Expecting value); fix or delete the line
    """

    where: str
    reason: str
    cure: str
    line: int | None = None
    left_out: bool = True
    repeat: bool = False

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}, line {self.line}"
        return f"{place}: {self.reason}; {self.cure}"
