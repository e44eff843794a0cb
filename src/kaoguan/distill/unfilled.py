"""Questions that a document does not answer, as draft rubrics for a person or a model to fill in."""

from collections.abc import Iterable, Iterator

from kaoguan import prompts
from kaoguan.distill.distilled import UnansweredQuestion
from kaoguan.distill.folder.identity import slug
from kaoguan.distill.questions.subject import subject
from kaoguan.distill.questions.worded import worded
from kaoguan.models import KeyPoint, Language, Rubric, Source
from kaoguan.text.script import is_chinese


def unfilled(questions: Iterable[UnansweredQuestion]) -> Iterator[Rubric]:
    """Yield one draft rubric per question; an interview asks none of them before `state: draft` is taken out."""
    words = {language: prompts.load("draft", language) for language in ("zh", "en")}
    for asked in questions:
        language: Language = "zh" if is_chinese(asked.question) else "en"
        question = worded(asked.question, language == "zh", words[language])
        to_fill = words[language].say("to_fill")
        yield Rubric(
            id=slug(question),
            language=language,
            state="draft",
            topic=subject(question),
            difficulty=2,
            question=question,
            reference_answer=to_fill,
            key_points=(KeyPoint(id="p1", text=to_fill, weight=1),),
            source=Source(document=asked.document, lines=(asked.line, asked.line)),
        )
