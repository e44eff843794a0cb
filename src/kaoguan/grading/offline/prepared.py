"""A rubric made ready for judging: everything about its claims that no answer can change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaoguan.embeddings import Embedder
from kaoguan.grading.offline.background import Background, Vectors
from kaoguan.grading.offline.contrast import Contrast, contrast
from kaoguan.grading.offline.normalise import normalise
from kaoguan.grading.offline.opposites import opposites
from kaoguan.grading.offline.overlap import Vocabulary, tokens
from kaoguan.grading.offline.polarity import Profile, profile
from kaoguan.grading.offline.segments import Window, clauses, windows
from kaoguan.grading.offline.wanted import TermSources, Wanted
from kaoguan.models import Rubric

# A stretch of the reference answer is another wording of a key point when it is at least this much alike
# (cosine of centred vectors; the best stretch of an unrelated text has about 0.2).
SAME_CLAIM = 0.4


@dataclass(frozen=True)
class Prepared:
    """The claims of a rubric (key points, then misconceptions) as vectors, units, tokens and directions."""

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
    expected: Vectors
    mean: Vectors
    spread: Vectors
    vocabulary: Vocabulary
    tokens: tuple[tuple[str, ...], ...]
    profiles: tuple[Profile, ...]
    reference: tuple[Window, ...]
    reference_text: str
    reference_clauses: frozenset[str]
    wordings: tuple[int, ...]
    wording_profiles: tuple[Profile, ...]
    reference_share: Vectors

    @property
    def points(self) -> int:
        """Return how many of the claims are key points; the rest are misconceptions."""
        return len(self.rubric.key_points)


def prepare(rubric: Rubric, embedder: Embedder, background: Background) -> Prepared:
    """Return the rubric ready for judging, by one call of the embedder."""
    points = rubric.key_points
    stated = [point.text for point in points] + [misconception.text for misconception in rubric.misconceptions]
    texts = [normalise(claim).text for claim in stated]
    others = [(i, normalise(text).text) for i, point in enumerate(points) for text in point.paraphrases]
    question = normalise(rubric.question).text
    reference_text = normalise(rubric.reference_answer).text
    parts = clauses(reference_text)
    # A reference answer without a word in it (a bare formula) is its own only stretch.
    reference = windows(parts) or [Window(reference_text, 0, len(reference_text), 0, 1)]
    pair = contrast(question, reference_text)
    denials = [(i, text) for i, claim in enumerate(texts) for text in opposites(claim, pair)]
    groups = [[question, ", ".join(part.text for part in parts)], texts, [text for _, text in others]]
    sources = TermSources.of(question, texts)
    groups += [[window.text for window in reference], [text for _, text in denials], sources.texts()]
    encoded = embedder.encode([text for group in groups for text in group])
    ends = np.cumsum([len(group) for group in groups])[:-1]
    *parted, term_vectors = np.split(encoded, ends)
    topic, claims, paraphrases, stretches, opposed = (background.centre(vectors) for vectors in parted)
    vocabulary = Vocabulary(question, texts, len(points))
    shares = (vocabulary.weights @ vocabulary.rows([window.text for window in reference]).T)[: len(points)]
    wordings, alike = _reference_wordings(claims[: len(points)], stretches, shares)
    second = [i for i in range(len(points)) if alike[i] >= SAME_CLAIM]
    mean, spread = background.scale(claims)
    return Prepared(
        rubric=rubric,
        texts=tuple(texts),
        question_text=question,
        question=topic[0],
        topic=topic[1],
        opposites=opposed,
        opposite_claims=np.array([i for i, _ in denials], dtype=np.intp),
        contrast=pair,
        wanted=Wanted.of(sources, term_vectors, len(points)),
        claims=claims,
        anchors=np.concatenate([claims, paraphrases, stretches[wordings[second]]]),
        anchor_claims=np.array([*range(len(texts)), *(i for i, _ in others), *second], dtype=np.intp),
        expected=alike,
        mean=mean,
        spread=spread,
        vocabulary=vocabulary,
        tokens=tuple(tuple(tokens(text)) for text in texts),
        profiles=tuple(profile(text, pair) for text in texts),
        reference=tuple(reference),
        reference_text=reference_text,
        reference_clauses=frozenset(part.text for part in parts),
        wordings=tuple(int(i) for i in wordings),
        wording_profiles=tuple(
            profile(reference[i].text, pair, reference_text[: reference[i].start]) for i in wordings
        ),
        reference_share=shares.max(axis=1),
    )


def _reference_wordings(points: Vectors, stretches: Vectors, shares: Vectors) -> tuple[NDArray[np.intp], Vectors]:
    """Return for each key point the stretch of the reference answer that words it, and how much alike they are."""
    wordings = (points @ stretches.T + 0.5 * shares).argmax(axis=1)
    return wordings, np.einsum("ij,ij->i", points, stretches[wordings])
