"""A person's verdict in the place of a judge's, and the queue of grades that wait for one."""

from kaoguan.rulings.overruling import overrule
from kaoguan.rulings.queue import ToReview, to_review

__all__ = ["ToReview", "overrule", "to_review"]
