"""The session store: what was said, and when, survives everything but the disk.

    with Store.open(folders().database) as store:
        store.create(session); store.append(session.id, turn)

One SQLite file, readable by its owner only. A session is its plan (with a copy of the rubrics, so that editing a rubric
later changes no history), its turns in order, and the grades of its answers. A turn is on disk when `append` returns.
"""

from kaoguan.store.database import Store
from kaoguan.store.records import Kind, Mode, Plan, Session, Speaker, Stage, StoredGrade, Summary, Turn

__all__ = ["Kind", "Mode", "Plan", "Session", "Speaker", "Stage", "Store", "StoredGrade", "Summary", "Turn"]
