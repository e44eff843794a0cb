"""Whether a sentence leans on the one before it, so that nobody can understand it alone."""

import re

# "Both PCA and LDA …" names the two.
_TWO = (
    r" (?!(?:of|are|is|can|have|do|use|these|those|the|methods|approaches|algorithms|models|techniques|types|concepts"
    r"|reduce|improve|support|provide|require)\b)(?:[\w/().-]+ ){1,3}?and\b"
)
_LEANS = re.compile(
    r"^(?:它们?|他们|这(?!(?:里|儿)?[，,])(?:样|些|个|种|时|会|就|也|里|一|是|其|两|几|类|点)|那(?:样|么|些|个)|该"
    r"|此(?!外)|上述|前者|后者|其(?!中|他|实|次|余)|其中|因此|所以|但是?(?=[，,])|而且"
    r"|且|然而|即|如上|如下|此时|另外一点|另一方面|一方面|同理|反之|同样|则|就是)"
    rf"|^(?:it|they|this|these|those|that|such|its|their|he|she|which|here|both(?!{_TWO})|either|neither|otherwise"
    r"|then|hence|thus|therefore)\b",
    re.IGNORECASE,
)
# "It is common to …", 「这一思想叫……」 are rare; nobody is meant in the first.
_NOBODY = re.compile(
    r"^it (?:is|was|can be|may be|might be|would be|will be) (?:\w+ )?(?:common|important|possible|impossible"
    r"|necessary|useful|helpful|better|best"
    r"|good|easier|hard|harder|difficult|worth|clear|known|likely|unlikely|recommended|advisable|essential|crucial"
    r"|assumed|said|shown|believed"
    r"|often|usual|typical|tempting|safe) (?:to|that)\b|^it (?:takes|seems|depends on|helps to|makes sense|pays) ",
    re.IGNORECASE,
)


def leans(sentence: str) -> bool:
    """Return whether a sentence begins with what only the one before it can explain."""
    return _LEANS.match(sentence) is not None and _NOBODY.match(sentence) is None
