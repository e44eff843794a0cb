"""Scores as one teacher would give them, learned from a sample that the teacher graded.

    outcome = calibrate(sample)                         how much it would help, by cross-validation
    Path("c.json").write_text(outcome.file.to_json())
    Grader.offline(calibration=read_calibration(Path("c.json")))   grades on the teacher's scale; verdicts stay

sample       answers with a teacher's score and our grade
phrases      what a fit can see of an answer beside its score
scale        the map from our score to the teacher's, one per question
fit          that map, fitted
trial        whether it helps: before and after, on answers the fit has not seen
file         what is kept, and the refusal of what it does not belong to
"""

from kaoguan.calibration.file import Calibration, read_calibration
from kaoguan.calibration.sample import Sample, TeacherGrade
from kaoguan.calibration.trial import TrialOutcome, calibrate

__all__ = ["Calibration", "Sample", "TeacherGrade", "TrialOutcome", "calibrate", "read_calibration"]
