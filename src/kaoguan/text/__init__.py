"""What is done with texts: made safe to show, cut and wrapped by width, compared by the words they share."""

from kaoguan.text.safe import inert, one_line, printable

__all__ = ["inert", "one_line", "printable"]
