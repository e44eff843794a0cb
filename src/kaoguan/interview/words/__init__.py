"""What the interviewer says: the rubric's words or a model's, which a guard checks first."""
