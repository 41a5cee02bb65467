"""Troop Movement Tracker: news text in, a table of troop movements with their proof out.

>>> from tracker import track
>>> frame = track("Norway will send 150 soldiers to Mali.", published="2016-05-02")
>>> int(frame.loc[0, "count"]), frame.loc[0, "actor"], frame.loc[0, "destination"]
(150, 'NO', 'Mali')
"""

from tracker.pipeline import track
from tracker.table import read_csv, to_csv

__all__ = ["read_csv", "to_csv", "track"]
__version__ = "0.1.0"
