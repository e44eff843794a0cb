"""The session store: what was said, and when, survives everything but the disk.

    with Store.open(folders().database) as store:
        store.create(session); store.append(session.id, turn)

One SQLite file, readable by its owner only. A session is its plan (with a copy of the rubrics, so that editing a rubric
later changes no history), its turns in order, the grades of its answers, and what a person ruled otherwise. A turn is
on disk when `append` returns. What follows from the grades (`store.reviews`) can be made anew from them at any time.
"""

from kaoguan.store.database import Store
from kaoguan.store.reviews import (
    AskedRubric,
    Attempt,
    Card,
    Day,
    MasteryChange,
    Memory,
    Practised,
    Rating,
    Review,
    Reviews,
    Shift,
)
from kaoguan.store.search import Hit

__all__ = [
    "AskedRubric",
    "Attempt",
    "Card",
    "Day",
    "Hit",
    "MasteryChange",
    "Memory",
    "Practised",
    "Rating",
    "Review",
    "Reviews",
    "Shift",
    "Store",
]
