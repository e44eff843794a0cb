"""A rubric made ready for judging: everything about its claims that no answer can change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaoguan.embeddings import RunEmbedder
from kaoguan.grading.offline.background import Background, Vectors
from kaoguan.grading.offline.contrast import Contrast, contrast
from kaoguan.grading.offline.opposites import opposites
from kaoguan.grading.offline.overlap import Vocabulary, tokens
from kaoguan.grading.offline.own_words import OwnWords
from kaoguan.grading.offline.polarity import Profile, Scan, profile
from kaoguan.grading.offline.segments import Clause, Window, clauses, windows
from kaoguan.grading.offline.wanted import TermSources, Wanted
from kaoguan.models import Rubric
from kaoguan.text.readable import Text, readable

# A stretch of the reference answer is another wording of a key point when it is at least this much alike
# (cosine of centred vectors; the best stretch of an unrelated text has about 0.2), and so is a statement of the field.
SAME_CLAIM = 0.4


@dataclass(frozen=True)
class Prepared:
    """The claims of a rubric (key points, then misconceptions) as vectors, units, tokens and directions.

    A claim has one wording or several: its own text, and after all of those the key points' paraphrases.
    `wording_claims` tells whose wording each is; `stretches` where the reference answer says each key point; `foreign`
    are the statements of the field that say none of the claims; `own_words` those of reference and key points.
    """

    rubric: Rubric
    texts: tuple[str, ...]
    question_text: str
    question: Vectors
    topic: Vectors
    opposites: Vectors
    opposite_claims: NDArray[np.intp]
    contrast: Contrast
    wanted: Wanted
    claims: Vectors
    anchors: Vectors
    anchor_claims: NDArray[np.intp]
    foreign: NDArray[np.bool_]
    expected: Vectors
    mean: Vectors
    spread: Vectors
    vocabulary: Vocabulary
    wording_claims: NDArray[np.intp]
    tokens: tuple[tuple[str, ...], ...]
    profiles: tuple[Profile, ...]
    reference: tuple[Window, ...]
    reference_text: str
    reference_clauses: frozenset[str]
    own_words: OwnWords
    stretches: tuple[int, ...]
    stretch_tokens: tuple[tuple[str, ...], ...]
    stretch_profiles: tuple[Profile, ...]
    reference_share: Vectors
    share: Vectors

    @property
    def points(self) -> int:
        """Return how many of the claims are key points; the rest are misconceptions."""
        return len(self.rubric.key_points)


def prepare(rubric: Rubric, embedder: RunEmbedder, background: Background) -> Prepared:
    """Return the rubric ready for judging."""
    points = rubric.key_points
    weights = np.array([point.weight for point in points], np.float32)
    stated = [point.text for point in points] + [misconception.text for misconception in rubric.misconceptions]
    own = [readable(claim) for claim in stated]
    texts = [claim.text for claim in own]
    worded = [(i, readable(text)) for i, point in enumerate(points) for text in point.paraphrases]
    others = [(i, wording.text) for i, wording in worded]
    asked, answered = readable(rubric.question), readable(rubric.reference_answer)
    question, reference_text = asked.text, answered.text
    parts = clauses(reference_text, answered.breaks)
    # A reference answer without a word in it (a bare formula) is its own only stretch.
    reference = windows(parts) or [Window(reference_text, 0, len(reference_text), 0, 1)]
    pair = contrast(question, reference_text)
    denials = [(i, text) for i, claim in enumerate(texts) for text in opposites(claim, pair)]
    denied = [Text(text, ()) for _, text in denials]
    groups = [[asked, answered], own, [wording for _, wording in worded], denied]
    vectors = background.centre(_whole(embedder, [text for group in groups for text in group]))
    topic, claims, paraphrases, opposed = np.split(vectors, np.cumsum([len(group) for group in groups])[:-1])
    stretches = background.centre(_stretches(embedder, parts, reference))
    wordings = texts + [text for _, text in others]
    owners = np.array([*range(len(texts)), *(i for i, _ in others)], dtype=np.intp)
    sources = TermSources.of(question, wordings)
    term_vectors = embedder.encode(sources.texts())
    vocabulary = Vocabulary(question, wordings, len(points))
    shares = (vocabulary.weights[: len(texts)] @ vocabulary.rows([window.text for window in reference]).T)[
        : len(points)
    ]
    places, alike = _reference_wordings(claims[: len(points)], stretches, shares)
    second = [i for i in range(len(points)) if alike[i] >= SAME_CLAIM]
    anchors = np.concatenate([claims, paraphrases, stretches[places[second]]])
    anchor_claims = np.array([*owners.tolist(), *second], dtype=np.intp)
    mean, spread = background.scale(anchors, anchor_claims)
    scan = Scan.of(reference_text, pair)
    reference_clauses = frozenset(part.text for part in parts)
    stated_clauses = [[part.text for part in clauses(one.text, one.breaks)] for one in own[: len(points)]]
    return Prepared(
        rubric=rubric,
        texts=tuple(texts),
        question_text=question,
        question=topic[0],
        topic=topic[1],
        opposites=opposed,
        opposite_claims=np.array([i for i, _ in denials], dtype=np.intp),
        contrast=pair,
        wanted=Wanted.of(sources, term_vectors, len(points), owners),
        wording_claims=owners,
        claims=claims,
        anchors=anchors,
        anchor_claims=anchor_claims,
        foreign=(anchors @ background.field.T).max(axis=0) < SAME_CLAIM,
        expected=alike,
        mean=mean,
        spread=spread,
        vocabulary=vocabulary,
        tokens=tuple(tuple(tokens(text)) for text in wordings),
        profiles=tuple(profile(text, pair) for text in wordings),
        reference=tuple(reference),
        reference_text=reference_text,
        reference_clauses=reference_clauses,
        own_words=OwnWords.of(texts[: len(points)], stated_clauses, reference_clauses),
        stretches=tuple(int(i) for i in places),
        stretch_tokens=tuple(tuple(tokens(reference[i].text)) for i in places),
        stretch_profiles=tuple(scan.profile(reference[i].start, reference[i].end) for i in places),
        reference_share=shares.max(axis=1),
        share=weights / weights.sum(),
    )


def _whole(embedder: RunEmbedder, texts: list[Text]) -> Vectors:
    """Return the vectors of texts, put together from their clauses like the windows they are compared with."""
    parts = [[part.text for part in clauses(text.text, text.breaks)] or [text.text] for text in texts]
    ends = np.cumsum([len(some) for some in parts]).tolist()
    runs = list(zip([0, *ends[:-1]], ends, strict=True))
    return embedder.encode_runs([part for some in parts for part in some], runs)


def _stretches(embedder: RunEmbedder, parts: list[Clause], reference: list[Window]) -> Vectors:
    texts = [part.text for part in parts] or [window.text for window in reference]
    return embedder.encode_runs(texts, [(window.first, window.last) for window in reference])


def _reference_wordings(points: Vectors, stretches: Vectors, shares: Vectors) -> tuple[NDArray[np.intp], Vectors]:
    """Return for each key point the stretch of the reference answer that words it, and how much alike they are."""
    wordings = (points @ stretches.T + 0.5 * shares).argmax(axis=1)
    return wordings, np.einsum("ij,ij->i", points, stretches[wordings])
