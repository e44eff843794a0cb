"""From lines to key points: statements, claims, points, their wording, a draft rubric."""
