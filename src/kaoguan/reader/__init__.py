"""The reader: a small transformer of our own that reads question, claim and answer together.

It is fitted by `benchmarks/reader` and runs on onnxruntime; its files are data, in `data/`.
"""

from kaoguan.reader.reader import Reader, Task, bundled

__all__ = ["Reader", "Task", "bundled"]
