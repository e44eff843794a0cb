"""The four labels in the order in which all of this room's tables have them."""

import numpy as np
from numpy.typing import NDArray

from kaoguan.grading.scoring import CREDIT
from kaoguan.models import Label

LABELS = (Label.COVERED, Label.PARTIAL, Label.MISSING, Label.CONTRADICTED)
CREDITS: NDArray[np.float32] = np.array([CREDIT[label] for label in LABELS], np.float32)
"""The share of a key point's weight that each of LABELS earns."""
COVERED, PARTIAL, MISSING, CONTRADICTED = range(4)
