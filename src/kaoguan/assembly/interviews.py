"""What an interview needs beside its plan: who grades the answers, and who finds the words."""

from collections.abc import Callable
from dataclasses import replace

from kaoguan import config, prompts
from kaoguan.assembly.judges import Judging, judging
from kaoguan.interview.background import BackgroundGrader
from kaoguan.interview.words.interviewer import Voice
from kaoguan.models import JudgeName
from kaoguan.session import Plan


def planned_judging(plan: Plan) -> Judging:
    """Return who rules in this interview. Raises SettingError, ProviderError."""
    # Someone is waiting: a call that fails is tried once more, not until a provider is well again.
    # Where it fails for good, the offline judge's grade is better than none.
    return replace(judging(plan.judge, plan.embedder, model=plan.model, retries=1), fall_back=True)


def background_grader(plan: Plan) -> BackgroundGrader:
    """Return the grader that was planned; it is loaded when it is started or first needed."""
    # To get ready for a rubric is to grade something, and that costs money where a language model does it.
    ahead = plan.rubrics if plan.judge is JudgeName.OFFLINE else ()
    return BackgroundGrader(lambda: planned_judging(plan).grader(), ahead)


def with_judge(plan: Plan, judge: str) -> Plan:
    """Return the plan with another judge from now on. Raises SettingError, ProviderError."""
    who = judging(judge, plan.embedder, model=plan.model)
    voiced = plan.voiced and who.judge is not JudgeName.OFFLINE
    return plan.model_copy(update={"judge": who.judge, "model": who.settings.model, "voiced": voiced})


def planned_voice(plan: Plan, tell: Callable[[str], None]) -> Voice | None:
    """Return the planned voice; its model is opened when there is something to say, the guard when it is needed.

    `tell` hears why the voice was lost.
    """
    if not plan.voiced:
        return None
    # openai costs 0.65 s: only those who are talked to by a model pay.
    from kaoguan import llm
    from kaoguan.interview.words.model_voice import ModelVoice

    settings, folders, wording = config.load(), config.folders(), prompts.load("interview", plan.language)
    chosen = replace(settings, model=plan.model or settings.model)
    guard = BackgroundGrader(lambda: judging("offline", plan.embedder).grader())
    return ModelVoice(
        lambda: llm.open_model(chosen, folders, retries=0),
        llm.Loop(),
        guard,
        lambda why: tell(wording.say("voice_lost", why=why)),
    )
