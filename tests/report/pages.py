"""Reports to make pages of, and the way back from a page to what was typed."""

from datetime import timedelta
from typing import Any

from justhtml import JustHTML
from justhtml.dom import Element, Node

from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan, Report
from kaoguan.interview.answers import Quote
from kaoguan.interview.results import Point, Stated
from kaoguan.models import Language, Misconception, Model, Source
from kaoguan.session import Summary
from kaoguan.testing import KeywordJudge, Ticks
from tests.interview.bank import rubric

# Every way out of text that a page has, and a few that only look like one.
HOSTILE = (
    "<script>window.hacked = 1</script>",
    "</style></title></script></textarea><script>window.hacked = 2</script>",
    "<img src=x onerror='window.hacked = 3'><svg onload=\"window.hacked = 4\"><svg/onload=window.hacked=5>",
    '"><a href="javascript:window.hacked = 6">x</a>',
    "' onmouseover='window.hacked = 7",
    "javascript:window.hacked=8 data:text/html,<script>window.hacked=9</script>",
    "{{ 7 * 7 }} {% include '/etc/passwd' %} ${7*7} #{7*7} {{ ''.__class__ }}",
    "\u202e反过来\u202c \u200b零宽\u200d \x1b[31m红\x07 \ufeff",
    "<!--  --!> <![CDATA[ ]]> &lt;b&gt; &amp; &#x41; <plaintext>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'><base href='http://127.0.0.1:9/'>",
    "<link rel=stylesheet href='http://127.0.0.1:9/x.css'><iframe src='http://127.0.0.1:9/'></iframe>",
    "<style>body{display:none}</style><p style='position:fixed;inset:0'>",
)


def report_of(*answers: str, language: Language = "zh", follow_ups: int = 1) -> Report:
    """Return the report of an interview over two small rubrics; `/skip` and `/undo` do what they say."""
    plan = Plan(rubrics=(rubric(1), rubric(2)), language=language, follow_ups=follow_ups)
    interview = Interview.start(plan, Grader(KeywordJudge()), clock=Ticks())
    for answer in answers:
        match answer:
            case "/skip":
                interview.skip()
            case "/undo":
                interview.undo()
            case _:
                interview.submit(answer)
    return interview.report()


def hostile_report() -> Report:
    """Return a report where every text that can come from outside is hostile: answers, quotes, topic, key points, …"""
    plain = rubric(1)
    points = tuple(
        point.model_copy(update={"text": text, "source": Source(document=text)})
        for point, text in zip(plain.key_points, HOSTILE, strict=False)
    )
    wrong = Misconception(id="m1", text=HOSTILE[3])
    about = plain.model_copy(
        update={
            "topic": HOSTILE[5],
            "question": HOSTILE[0],
            "reference_answer": "\n".join(HOSTILE),
            "key_points": points,
            "misconceptions": (wrong,),
            "source": Source(document=HOSTILE[1]),
        }
    )
    interview = Interview.start(Plan(rubrics=(about,), language="zh"), Grader(KeywordJudge()), clock=Ticks())
    while not interview.finished:
        interview.submit("\n".join(HOSTILE))
    return interview.report()


def history(report: Report, count: int = 5) -> tuple[Summary, ...]:
    """Return `count` sessions, of which the report's is the latest."""
    return tuple(
        Summary(
            id=report.session if ago == 0 else f"old{ago}",
            started_at=report.started_at - timedelta(days=ago),
            finished_at=report.finished_at,
            mode=report.mode,
            questions=2,
            answered=2,
            unaided=40.0,
            final=60.0 - ago,
            mine=True,
        )
        for ago in range(count)
    )


def parsed(page: str) -> JustHTML:
    """Return the page as a browser would read it. Fails on the first parse error."""
    return JustHTML(page, strict=True, sanitize=False)


def typed(element: Node) -> str:
    """Return what was typed from what an element shows: codes turned back, signs left out."""
    if not isinstance(element, Element):
        return str(element.data or "") if element.name == "#text" else ""
    classes = (element.attrs.get("class") or "").split()
    if "ref" in classes:
        return ""
    if "unseen" in classes:
        return chr(int(element.to_text().removeprefix("U+"), 16))
    return "".join(typed(child) for child in element.children)


def attribute(element: Any, name: str) -> str:
    """Return the value of an attribute that is there."""
    value = element.attrs[name]
    assert isinstance(value, str)
    return value


def quotes_of(one: Model) -> tuple[Quote, ...]:
    """Return the words that a verdict or a misconception rests on."""
    assert isinstance(one, Point | Stated)
    return one.quotes
