"""The learning loop: what grades say about the memory of every key point, and what to ask next.

    catch_up(store)                      follow the grades that are new or changed
    due(store.reviews, now)              what is about to be forgotten
    progress(store.reviews, now, today)  everything there is to show, as one value
    select(bank, cards, now, questions)  which questions `interview --due` asks

memory       what a review does to a memory (FSRS, by the library `fsrs`)
follow       grades in, reviews and cards out (how well each key point was recalled); making them anew gives the same
due          what is about to be forgotten, and what keeps being missed
selection    which questions to ask
progress     mastery over time

Reviews are events that follow from stored turns, grades and overrides; cards (the memory of a key point) follow from
its reviews. Both are kept in the database, because reading 5 000 sessions takes seconds, and both can be made anew.
A key point is known by (rubric id, key point id): rewording a rubric never resets what was learned.
"""

from kaoguan.learning.due import DuePoint, due
from kaoguan.learning.follow import catch_up
from kaoguan.learning.progress import Progress, progress
from kaoguan.learning.selection import select

__all__ = ["DuePoint", "Progress", "catch_up", "due", "progress", "select"]
