"""Which parts of a web page are around the article rather than in it: menus, sidebars, comments, notices.

A part is told by its element, role and class, and by its links; what holds most of the text is never one of them.
"""

import re
from typing import TYPE_CHECKING

from kaoguan.documents.document import RemovalReason

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A class is split at its dashes: "ad-box" is an ad, "advanced" is not.
_SURE = {
    RemovalReason.NAVIGATION: "nav navigation navbar breadcrumb breadcrumbs pagination footer sidebar contentinfo",
    RemovalReason.ADVERTISEMENT: (
        "ads advert advertisement adsbygoogle sponsored newsletter subscribe qrcode popup modal"
    ),
    RemovalReason.COOKIES: "cookie cookies consent gdpr",
    RemovalReason.RELATED: "comments commentlist recommendations",
    RemovalReason.COPYRIGHT: "copyright",
}
# These name content as well (a "beam-search" section): they count where the text is mostly links.
_IF_LINKS = {
    RemovalReason.NAVIGATION: "menu toc aside banner header topbar toolbar login search complementary directory",
    RemovalReason.ADVERTISEMENT: "ad promo promotion sponsor",
    RemovalReason.SHARING: "share sharing social",
    RemovalReason.RELATED: "related recommend recommended comment",
    RemovalReason.TAGS: "tags taglist tagcloud tag",
}
_MOSTLY_LINKS = 0.5
# A part that holds this share of the page's text is the page, whatever its class says.
_MOST_OF_A_PAGE = 0.5
# The main part, where one is marked, holds at least this share; else the mark is wrong.
_ENOUGH_FOR_MAIN = 0.3
_MAIN = "//main | //*[@role='main'] | //*[@itemprop='articleBody']"
_WORDS = re.compile(r"[a-z]+")


class Parts:
    """The parts of one page, each with the text and the links it holds."""

    def __init__(self, root: "HtmlElement") -> None:
        self._sizes: dict[HtmlElement, int] = {}
        self._links: dict[HtmlElement, int] = {}
        self._measure(root)
        self._all = self._sizes[root]
        self._main = self._main_part(root)
        self._around_main = set(self._main.iterancestors()) if self._main is not None else set()

    def reason(self, element: "HtmlElement") -> RemovalReason | None:
        """Return why an element is not content; None where it is, or may be."""
        size = self._sizes[element]
        if element is self._main or not size or size > _MOST_OF_A_PAGE * self._all:
            return None
        if self._is_beside_main(element):
            return RemovalReason.NAVIGATION
        marks = f"{element.get('role') or ''} {element.get('class') or ''} {element.get('id') or ''}"
        words = {element.tag, *_WORDS.findall(marks.lower())}
        if reason := _named(words, _SURE):
            return reason
        return _named(words, _IF_LINKS) if self._links[element] >= _MOSTLY_LINKS * size else None

    def _measure(self, root: "HtmlElement") -> None:
        for element in reversed(list(root.iter())):
            # Children come after their parent, so reversed they are measured before it.
            own = len((element.text or "").strip())
            size = own + sum(self._sizes[child] + len((child.tail or "").strip()) for child in element)
            links = sum(self._links[child] for child in element)
            silent = element.tag in {"script", "style", "noscript", "template"}
            self._sizes[element] = 0 if silent else size
            self._links[element] = size if element.tag in {"a", "button"} else links

    def _main_part(self, root: "HtmlElement") -> "HtmlElement | None":
        marked = root.xpath(_MAIN) or root.xpath("//article")
        enough = [part for part in marked if self._sizes[part] >= _ENOUGH_FOR_MAIN * self._all]
        return enough[0] if len(enough) == 1 else None

    def _is_beside_main(self, element: "HtmlElement") -> bool:
        """Return whether an element stands beside the main part or what is around it, and holds no title."""
        beside = element.getparent() in self._around_main and element not in self._around_main
        return beside and not element.xpath("boolean(descendant-or-self::h1)")


def _named(words: set[str], known: dict[RemovalReason, str]) -> RemovalReason | None:
    return next((reason for reason, names in known.items() if not words.isdisjoint(names.split())), None)
