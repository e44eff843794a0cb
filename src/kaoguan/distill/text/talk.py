"""Labels that speak to the reader and name nothing: "Key takeaway:", 「重要提示：」."""

import re

TALK = (
    r"(?:short|brief|quick|smart|good|strong|sample|model|ideal|perfect|best) answer"
    r"|(?:key |interview )?(?:takeaways?|insights?|tips?|notes?)"
    r"|(?:common )?template patterns?|business decision options?|pro tips?|bottom line"
    r"|(?:重要|重点|温馨|友情)提示|划重点|敲黑板"
)
_OPENS = re.compile(rf"(?:{TALK})\s*[:：]", re.IGNORECASE)


def opens_with_talk(text: str) -> bool:
    """Return whether a line begins with such a label: it belongs to no list before it."""
    return _OPENS.match(text) is not None
