"""What an English question is about: the words between its auxiliary and its predicate."""

import re

from kaoguan.distill.text.around import around

_ASKED = re.compile(
    r"^(?:(?:and |so |but )?(?:why|how|when|where|what|in what way|under what conditions?|if so, why) )?"
    r"(?P<aux>is|are|was|were|do|does|did|can|could|should|would|will|might|must|has|have)(?:n't|n’t)?"
    r" (?:the |an? |your |our )?(?P<rest>.+)$",
    re.IGNORECASE,
)
# Base forms that follow a subject: "Why does dropout *reduce* …", "When do linear models *suffer*".
_VERBS = (
    "act add adapt affect ask be care hide aggregate aid allow align apply arise assign assume attend avoid"
    " balance become begin behave"
    " benefit bias bound break capture cause change choose come compare complicate compute consist contain contribute"
    " control converge convert converse create deal decide decouple degrade delay depend describe detect determine"
    " deteriorate differ distinguish distort document dominate drop emerge enable encode enforce ensure estimate evolve"
    " exist explain expect explode fail fall feel fix flip focus forget generalise generalize get give go grow handle"
    " happen harm help hold hurt ignore imply improve include increase influence inflate interact invalidate keep"
    " know lead learn leak limit look lose lower make maintain manage mask matter mean measure memorise memorize"
    " minimise minimize mitigate need normalise normalize occur operate optimise optimize outperform overcome"
    " overestimate overfit own perform pick plateau play predict prefer preserve prevent process produce protect"
    " provide raise reach react reduce regularise regularize relate rely remain remove replace represent require"
    " respond result run saturate save scale score select separate serve show shrink sit slow solve split"
    " stabilise stabilize start stay stop store struggle suffer suggest support tell tend track train transfer treat"
    " trust try underestimate underfit understand update use vanish vary violate work"
)
FINITE = "|".join(f"{verb}(?:e?s)" if not verb.endswith("y") else f"{verb[:-1]}ies" for verb in _VERBS.split())
"""The verbs as they follow one thing: "dropout *reduces* …"."""
_VERB = re.compile(
    r"\s+(?:(?:not|also|still|usually|often|always|never|even|just|ever|actually)\s+)*"
    rf"(?:{'|'.join(_VERBS.split())})\b.*$"
)
# Predicates after "is" and "are", where nothing but a preposition or the end follows.
_PREDICATES = (
    r"\s+(?:(?:not|so|more|less|also|still|usually|often|always|never|even|too|very|such|most|only|so)\s+)*"
    r"(?:\w+ly\s+)?(?:\w{3,}(?:ed|ous|ful|less|able|ible|ent|ant|ive|ary|ible|ic|al)|\w{3,}ior|prone|popular"
    r"|\w{4,}ar|crucial|vital"
    r"|central|risky|hard|harder|easy|easier|good|bad"
    r"|better|worse|best|worst|safe|safer|fast|faster|slow|slower|cheap|cheaper|key|common|rare|true|false|wrong"
    r"|right|robust"
    r"|enough|fair|unfair|unsafe|tricky|costly|low|high|higher|lower|large|small|big|necessary|done|used|built|made"
    r"|known|hidden"
    r"|a|an|the|just|about|for|different|worth)"
)
_PREPOSITIONS = (
    r"\s+(?:to|for|in|on|than|when|if|over|under|with|at|because|but|from|as|by|and|or|not|of|during|after|before"
    r"|between|among|[a-z]+ing|across|even|instead|rather|here|there)\b"
)
_PREDICATE = re.compile(rf"{_PREDICATES}(?={_PREPOSITIONS}|\s*$).*$")
# "What is a vanishing gradient?" ends with a noun, whatever it looks like.
_PREDICATE_INSIDE = re.compile(rf"{_PREDICATES}(?={_PREPOSITIONS}).*$")
_ADVERB = re.compile(r"\s+(?!family|anomaly|assembly|supply|reply|only\b)[a-z]{3,}ly\b.*$")
# "is X a modelling decision", "is X one of …": the complement begins with an article.
_COMPLEMENT = re.compile(r"\s+(?:an?|the|one of|part of|like|such)\s.*$")
# "How do you handle missing data …": what is done to it.
_DONE = re.compile(
    r"(?:you|we|i|one) (?:(?:still|not|usually|normally|ever|best|typically|actually) )*[a-z-]+(?: (?:up|out|with"
    r"|for|about|on|to|of))?"
    r" (?:the |an? |your |our |these |this )*(?P<object>[^\s].*)$",
    re.IGNORECASE,
)
# "is the difference between …": about two things.
_RELATION = re.compile(
    r"(?:main |key |biggest |typical )?(?:differences?|distinction|relation(?:ship)?|trade-?offs?|connection"
    r"|similarit(?:y|ies)|advantages?"
    r"|disadvantages?|benefits?|drawbacks?|pros|steps?|types?|kinds?|ways?|methods?|purpose|role|goal|idea|intuition"
    r"|assumptions?|probability"
    r"|examples?|reasons?|first|most|best|some|few|various|different|other)\b",
    re.IGNORECASE,
)
_EDGES = " '\"“”`*.?"
_PHRASE_END = re.compile(
    r"\s+(?:in|on|for|with|during|over|from|to|than|rather|instead|as|at|by|into|when|if|because|so|that|which|who"
    r"|while|after"
    r"|before|between|across|under|within|without|and (?:how|why|what|when)|[,;:?(])\b.*$|\s*[,;:?(].*$",
    re.IGNORECASE,
)


def asked_about(question: str) -> str:
    """Return the subject of "Why is mode imputation risky …": "mode imputation"; nothing where it cannot be told."""
    match = _ASKED.match(question.strip())
    if match and (done := _DONE.match(match["rest"])):
        return _PHRASE_END.sub("", _ADVERB.sub("", done["object"])).strip(_EDGES)
    if not match or re.match(r"(?:you|we|i|it|they|this|that|there|one)\b", match["rest"], re.IGNORECASE):
        return ""
    be = match["aux"].casefold() in {"is", "are", "was", "were"}
    rest = match["rest"].rstrip("?. ")
    what = question.strip()[:4].casefold() == "what"
    cuts = (_PREDICATE_INSIDE if what else _PREDICATE, _COMPLEMENT) if be else (_VERB,)
    if _RELATION.match(rest):
        return ""
    short = re.sub(r"\s+(?:often|sometimes|always|never|usually|still|also)\b.*$", "", rest)
    for cut in (*cuts, _ADVERB):
        short = cut.sub("", short)
    told = short != rest
    short = _PHRASE_END.sub("", short).strip(_EDGES)
    return short if (told or be) and 0 < len(short.split()) <= 4 else ""


def number(question: str, subject: str) -> bool | None:
    """Return whether the question speaks of its subject as several things ("do transformers …"), None if neither."""
    bare = re.sub(r"^(?:the|an?) ", "", subject, flags=re.IGNORECASE)
    found = (_AUXILIARY.search(before) for before, behind in around(bare, question) if not behind[:1].isalnum())
    match = next(filter(None, found), None)
    return match[1].casefold() in {"are", "do", "were", "have"} if match else None


_AUXILIARY = re.compile(r"\b(is|does|was|has|are|do|were|have)(?: (?:the|an?))? $", re.IGNORECASE)
