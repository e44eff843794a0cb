"""From documents to draft rubrics."""
