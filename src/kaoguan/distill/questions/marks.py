"""The marks that say which lines ask and which answer: "Q3:", 「面试官问：」, "Sample answer:", "Model answer"."""

import re

from kaoguan.distill.questions.markers import NUMERALS
from kaoguan.text.script import HAN

ASK = re.compile(
    rf"^(?:[【\[]?\s*(?:Q|问|问题|提问|面试题|题目|题|Question|Interviewer|(?:[{HAN}]{{1,4}}的)?面试官(?:问)?(?!\s*[:：]\s*(?:主要|就)?(?:是)?(?:想|希望|意在|旨在|考察|考查|看重|关注)))"
    rf"\s*(?P<n>\d{{1,3}}|[{NUMERALS}]{{1,3}})?\s*(?:[】\]]\s*[:：]?|[:：])|Q\s?\d{{1,3}}\s*[.、)）]"
    rf"|Q\s?\d{{1,3}}\s?[-–—]\s?(?=[{HAN}]|[A-Za-z][a-z'’]+\s[a-z])|Q[.、](?=[\s{HAN}])|Q\d{{1,3}}\s(?!\s*[-=→+*/<>])"
    r"|Q-\d{1,3}[.:、)]?\s|Questions?\s?\d{1,3}\s?[-–—.)]\s?(?=\S)|第\s*\d{1,3}\s*题\s*[:：.、]?)\s*(?=\S)",
    re.IGNORECASE,
)
REPLY = re.compile(
    r"^[【\[]?\s*(?:A|Ans|答|答案|回答|参考答案|参考回答|标准答案|解答|解析|Answer|Candidate|Interviewee|候选人)\s*\d{0,3}\s*"
    r"(?:[】\]]\s*[:：]?|[:：])\s*|^(?:Answer|Candidate|Interviewee|候选人|(?:参考)?(?:答案|回答))\s?[（(][^（）()]{1,24}[)）]\s*[:：]\s*"
    r"|^(?!(?:wrong|bad|weak|poor|final|how|the|your|an?|no) |\w+ (?:your|the|this|an?|to) )"
    r"(?:[A-Za-z][\w-]* ){1,2}answers?(?:/\w+)?\s*[:：]\s*"
    r"|^(?:标准|示例|满分|优秀|推荐|核心|简要|详细|完整|面试)(?:面试)?(?:回答|答案|解答)(?:要点)?\s*[:：]\s*|^(?:回答|答案)要点\s*[:：]\s*"
    r"|^A\d{1,3}\s*[.、]\s*|^Ans(?:wer)?\s?[.–—-]\s*(?=[A-Z$])",
    re.IGNORECASE,
)
# A title or a bold line that says nothing else: "Strong answer should include", 「参考答案（工程）」.
QUESTION_LABEL = re.compile(
    r"(?:the |interview |sample )?question(?: ?#?\d+)?|you (?:asked|said)|user(?: prompt)?"
    r"|(?:面试)?(?:题目|问题|题干|提问)|面试题",
    re.IGNORECASE,
)
ANSWER_LABEL = re.compile(
    r"(?:(?:click|tap)(?: here)? (?:for|to (?:see|show|view|reveal)) |(?:show|view|see|reveal) )?(?:the |an? )?"
    r"(?:(?!wrong|bad|weak|poor|final|how|your|no\b|incorrect|common|candidate)[A-Za-z][\w-]* ){0,2}"
    r"answer(?: ?#?\d+)?(?: (?:outline|key points|should (?:include|cover|mention)))?"
    r"|ans|(?:[\w-]+ )?(?:responded|answered|said)|(?:[\w-]*(?:gpt|claude|gemini|model|ai|bot) )?response|assistant"
    rf"|(?:面试)?(?:参考|标准|核心|正确|示例|满分|优秀|推荐|简要|详细|完整)?(?:面试)?(?:答案|回答|解答)(?:要点)?(?:[（(][{HAN}]{{2,8}}[）)])?"
    r"|hints(?: ?[/&] ?key points)",
    re.IGNORECASE,
)
