"""What is kept: the texts, what was read out of them, and what people said about it. The only room that knows of databases.

Sources are never altered, corrections are only ever added to, and a correction hangs on the words that a row stands on, so
that a better extractor can read everything again without losing what people decided.
"""

from tracker.store.acts import Act
from tracker.store.connection import DEFAULT, VARIABLE, StoreError
from tracker.store.rows import Changes
from tracker.store.store import Added, Store

__all__ = ["DEFAULT", "VARIABLE", "Act", "Added", "Changes", "Store", "StoreError"]
