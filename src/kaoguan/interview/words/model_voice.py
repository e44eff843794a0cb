"""A language model that words what was decided: its words are checked, and it is never waited for twice.

    voice = ModelVoice(lambda: open_model(settings, folders, retries=0), Loop(), guard, tell)
    Interview.start(plan, grader, voice=voice)

The model sees the rubric and the transcript as data between fences. It decides nothing: where its words do not pass, or
do not come, the rubric's own are said.
"""

import hashlib
from collections.abc import Callable

from kaoguan import prompts
from kaoguan.errors import ProviderError
from kaoguan.interview.background import AnswerGrader
from kaoguan.interview.words.guard import UtteranceFault, cleaned, fault
from kaoguan.interview.words.interviewer import Script
from kaoguan.interview.words.speech import shortened
from kaoguan.llm import ChatModel, Loop, Message, Reason, Unanswered
from kaoguan.models import Label, Language
from kaoguan.prompts import Wording
from kaoguan.session import Speaker
from kaoguan.text import printable

_SECONDS = 8.0
# Two sentences in any tokenizer; more only costs time.
_TOKENS = 200
# What a model needs of the talk to lead over from it.
_TURNS = 8


class ModelVoice:
    """Implements `Voice`. `faults` counts the words that were turned away, `lost` says why the model is asked no more.

    `guard` grades offline; an utterance that it finds to cover a key point gives that point away. `tell` hears once
    that the model is lost.
    """

    def __init__(
        self,
        open_model: Callable[[], ChatModel],
        loop: Loop,
        guard: AnswerGrader,
        tell: Callable[[str], None] = lambda _: None,
        *,
        seconds: float = _SECONDS,
        tokens: int = _TOKENS,
    ) -> None:
        self._open_model = open_model
        self._model: ChatModel | None = None
        self._loop = loop
        self._guard = guard
        self._tell = tell
        self._seconds = seconds
        self._tokens = tokens
        self._wordings: dict[Language, Wording] = {}
        self.lost: str | None = None
        self.faults: list[UtteranceFault | Reason] = []

    def word(self, script: Script) -> str | None:
        """Return checked words of the model; None where it has none that may be said."""
        reply = None if self.lost else self._reply(script)
        if reply is None:
            return None
        text = cleaned(reply)
        verdicts = self._words(script.language).options("verdicts")
        if found := fault(text, script, verdicts) or self._given_away(text, script):
            self.faults.append(found)
            return None
        return text

    def _reply(self, script: Script) -> str | None:
        asked = messages(script, self._words(script.language))
        try:
            # Opened when there is something to say: the first question must not wait for it.
            self._model = self._model or self._open_model()
            return self._loop.run(self._model.say(asked, max_tokens=self._tokens), self._seconds).text
        except TimeoutError:
            self._lose(Reason.TIMEOUT.value)
        except Unanswered as error:
            self.faults.append(error.reason)
            if error.reason.transient:
                self._lose(error.reason.value)
        except ProviderError as error:
            self._lose(error.what)
        return None

    def _given_away(self, text: str, script: Script) -> UtteranceFault | None:
        if script.move == "close":
            return None
        quote = script.target.quote if script.target else None
        graded = self._guard.grade(script.rubric, text.replace(shortened(quote.text), "") if quote else text)
        covered = any(verdict.verdict is Label.COVERED for verdict in graded.verdicts)
        return UtteranceFault.LEAK if covered else None

    def _lose(self, why: str) -> None:
        self.lost = why
        self._tell(why.replace("_", " "))

    def _words(self, language: Language) -> Wording:
        if language not in self._wordings:
            self._wordings[language] = prompts.load("interviewer_model", language)
        return self._wordings[language]


def messages(script: Script, words: Wording) -> list[Message]:
    """Return the prompt: the rules, then the data between fences, then what to word."""
    rubric, target = script.rubric, script.target
    quote = shortened(target.quote.text) if target and target.quote else ""
    data = words.say(
        "data",
        topic=rubric.topic,
        question=rubric.question,
        points="\n".join(f"- {point.text}" for point in rubric.key_points),
        aim=script.aim or "-",
        quote=quote or "-",
        own=script.own,
        transcript=_transcript(script, words),
    )
    # Nothing inside can end the data: the fence is made of the hash of what it encloses.
    fence = f"=====DATA-{hashlib.sha256(data.encode()).hexdigest()[:16]}====="
    task = words.say(f"task_{script.move}")
    style = words.say(f"style_{script.style}")
    return [
        Message(role="system", content=words.say("rules", style=style)),
        Message(role="user", content=words.say("request", fence=fence, data=data, task=task)),
    ]


def _transcript(script: Script, words: Wording) -> str:
    turns = []
    for exchange in script.state.exchanges:
        turns += sorted((exchange.question, *exchange.follow_ups, *exchange.answers), key=lambda turn: turn.seq)
    spoken = [
        f"{words.say('interviewer' if turn.speaker is Speaker.INTERVIEWER else 'candidate')}: {_shown(turn.text)}"
        for turn in turns[-_TURNS:]
    ]
    return "\n".join(spoken)


def _shown(text: str) -> str:
    """Return an utterance on one line, so that no line of it can pass for someone else's."""
    line = " ".join(printable(text).split())
    return line if len(line) <= 500 else f"{line[:499]}…"
