"""The interviewer's part: words for moves that are decided, by a voice where there is one, else the rubric's own."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal, Protocol

from kaoguan import prompts
from kaoguan.interview.decide.heard import hear
from kaoguan.interview.decide.moves import Ask, FollowUp, Target
from kaoguan.interview.decide.state import Exchange, InterviewState
from kaoguan.interview.decide.utterance import Utterance
from kaoguan.interview.words import reply as replying
from kaoguan.interview.words import speech
from kaoguan.interview.words.aside import aside
from kaoguan.models import Grade, Language, Model, Rubric
from kaoguan.prompts import Wording
from kaoguan.session import Plan, Stage, Style


class Script(Model):
    """A decided move that waits for its words, with all that a voice may know about it."""

    move: Literal["ask", "follow_up", "confront", "reply", "close"]
    own: str  # the words that are said where the voice has none
    rubric: Rubric
    target: Target | None = None
    state: InterviewState
    style: Style
    language: Language

    @property
    def aim(self) -> str:
        """Return the key point or misconception that is asked about; empty when none is."""
        target = self.target
        claims = [point.text for point in self.rubric.key_points if target and point.id == target.key_point]
        claims += [wrong.text for wrong in self.rubric.misconceptions if target and wrong.id == target.misconception]
        return "".join(claims)


class Voice(Protocol):
    """Words scripts. What it returns is said and stored as it is: it checks its own words."""

    def word(self, script: Script) -> str | None:
        """Return the utterance; None to say the script's own words."""


class Interviewer:
    """Finds the words for each move of one plan."""

    def __init__(self, plan: Plan, voice: Voice | None) -> None:
        self._plan = plan
        self._voice = voice
        self._loaded: dict[Language, Wording] = {}

    def words(self, rubric: Rubric) -> Wording:
        """Return the interviewer's words in the language of a question."""
        if rubric.language not in self._loaded:
            self._loaded[rubric.language] = prompts.load("interviewer", rubric.language)
        return self._loaded[rubric.language]

    def ask(self, move: Ask, state: InterviewState) -> Utterance:
        """Return a question. The first one is never worded anew: nothing was said to lead over from."""
        rubric, number = move.rubric, len(state.exchanges) + 1
        kind = speech.kindness(state, "question", self.words(rubric))
        own = speech.question(rubric, number, self._plan.style, self.words(rubric), kind)
        return Utterance(text=own if kind or number == 1 else self._voiced("ask", own, rubric, state))

    def follow_up(self, move: FollowUp, state: InterviewState) -> Utterance | None:
        """Return a follow-up on the first target that can be worded; None when none can."""
        rubric, current = move.rubric, state.exchanges[-1]
        found = speech.follow_up(rubric, current, move.targets, state.said, self._plan.style, self.words(rubric))
        if found is None:
            return None
        target, own = found
        if kind := speech.kindness(state, "follow_up", self.words(rubric)):
            return own.model_copy(update={"text": self.words(rubric).say("led", lead=kind, text=own.text)})
        if not (target.key_point or target.misconception):
            return own  # what else there is: a voice would name it
        text = self._voiced("confront" if target.quote else "follow_up", own.text, rubric, state, target)
        return own.model_copy(update={"text": text})

    def reply(self, rubric: Rubric, state: InterviewState, spent: timedelta) -> Utterance:
        """Return the reply to the candidate's question."""
        exchange = state.exchanges[-1]
        if own := self.aside(exchange.asked_back[-1].text, rubric, state, spent):
            return Utterance(text=own)
        own = replying.reply(rubric, exchange, self.words(rubric))
        return Utterance(text=self._voiced("reply", own, rubric, state))

    def aside(self, text: str, rubric: Rubric, state: InterviewState, spent: timedelta) -> str:
        """Return the reply to what can be no answer: it names a command, or is short, and no voice adds anything.

        Empty where it can be one.
        """
        asks = hear(text).asks
        return aside(asks, self._plan, state, spent, self.words(rubric)) if asks and asks.bare else ""

    def close(self, state: InterviewState) -> Utterance:
        """Return the last words."""
        rubric = self._plan.rubric(state.exchanges[-1].rubric_id)
        words = self.words(rubric)
        own = speech.closing(self._plan.style, words)
        if kind := speech.kindness(state, "closing", words):
            return Utterance(text=words.say("led", lead=kind, text=own))
        return Utterance(text=self._voiced("close", own, rubric, state))

    def feedback(self, exchange: Exchange, grades: Mapping[Stage, Grade]) -> Utterance:
        """Return the feedback on a question that is over: a judge's sentences, never worded anew."""
        grade = grades.get(Stage.RETRY) or grades.get(Stage.FINAL)
        if grade is None:
            return Utterance(text=self.words(self._plan.rubric(exchange.rubric_id)).say("feedback_skipped"))
        return Utterance(text=grade.feedback)

    def _voiced(
        self,
        move: Literal["ask", "follow_up", "confront", "reply", "close"],
        own: str,
        rubric: Rubric,
        state: InterviewState,
        target: Target | None = None,
    ) -> str:
        if self._voice is None:
            return own
        script = Script(
            move=move,
            own=own,
            rubric=rubric,
            target=target,
            state=state,
            style=self._plan.style,
            language=rubric.language,
        )
        return self._voice.word(script) or own
