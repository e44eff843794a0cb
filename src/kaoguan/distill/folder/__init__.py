"""The folder of rubrics: what is new, what is the same, what a person edited."""
