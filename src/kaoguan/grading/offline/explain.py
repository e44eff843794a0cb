"""One short sentence per verdict that says what decided it, from a closed set."""

from kaoguan.models import Label, Language

_SENTENCES: dict[str, dict[Language, str]] = {
    "same_words": {"zh": "说法与要点基本一致。", "en": "Says it in much the same words."},
    "same_meaning": {
        "zh": "换了说法，意思与要点相近，方向一致。",
        "en": "Says it in other words, in the same direction.",
    },
    "part": {"zh": "只说到要点的一部分。", "en": "Says part of the key point."},
    "opposite": {"zh": "与要点谈的是同一件事，但方向相反。", "en": "Speaks of the same thing but says the opposite."},
    "misconception": {
        "zh": "与要点不符，更接近一个常见误解。",
        "en": "At odds with it, and close to a misconception.",
    },
    "nothing": {"zh": "没有找到与要点相近的说法。", "en": "Nothing said comes close to the key point."},
    "near": {"zh": "提到了相关内容，但没有说出要点。", "en": "Touches on it without making the claim."},
    "terms": {"zh": "只罗列了名词，没有作出说明。", "en": "Lists terms but claims nothing."},
    "question": {"zh": "只是重复了题目。", "en": "Only repeats the question."},
    "order": {"zh": "只有对评分者的指令，没有作答。", "en": "Instructions to the grader, not an answer."},
    "empty": {"zh": "没有作答。", "en": "There is no answer."},
    "foreign": {"zh": "不是中文也不是英文，读不了。", "en": "Neither Chinese nor English: it cannot be read."},
    "jumbled": {"zh": "读不成句，看不出说了什么。", "en": "Does not read as language: nothing can be made out."},
    "asks": {"zh": "只提了问题，没有作答。", "en": "Only asks, and answers nothing."},
    "reference": {"zh": "包含参考答案的原文。", "en": "Contains the reference answer word for word."},
}
_UNSURE: dict[Language, str] = {"zh": "把握不大：", "en": "Unsure: "}

# Below this the reader is told that it could well be otherwise.
SURE = 0.6


def sentence(key: str, language: Language, confidence: float = 1.0) -> str:
    """Return the sentence in the rubric's language, marked where confidence is low."""
    return ("" if confidence >= SURE else _UNSURE[language]) + _SENTENCES[key][language]


def reason(label: Label, signals: dict[str, float]) -> str:
    """Return which sentence fits a verdict, by the signals of its claim."""
    if label is Label.COVERED:
        return "same_words" if signals["ordered"] >= 0.6 else "same_meaning"
    if label is Label.PARTIAL:
        return "part"
    if label is Label.CONTRADICTED:
        return "misconception" if signals["over_rivals"] < 0 else "opposite"
    if signals["function_words"] < 0.04 and signals["from_rubric"] > 0.3:
        return "terms"
    if signals["question_said"] > 0.7 and signals["from_question"] > 0.5:
        return "question"
    return "near" if signals["own"] > 0.45 else "nothing"
