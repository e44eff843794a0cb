"""Distilling with a language model: chunks go out, checked and grounded rubrics come back."""
