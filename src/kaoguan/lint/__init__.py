"""Faults of a rubric that no schema sees."""
