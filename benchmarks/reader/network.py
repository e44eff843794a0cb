"""The network while it is fitted, in torch: e5's lower layers as they are, its upper layers reading together.

`B` answers, `P` claims each, `Ta` and `Tp` pieces at most in question-and-answer and in a claim, `N` pieces in all:
linear layers work on the N real pieces, packed; only attention works on padded tables.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812 - as torch has it
from e5 import E5
from torch import Tensor, nn

_HIDDEN = -1e4
LABELS, KINDS = 4, 4
SHARPNESS = 16.0
"""How much a cosine weighs when a claim points at pieces of an answer."""


class Batch(NamedTuple):
    """What the upper layers read: hidden rows, kinds (see `kaoguan.reader.network`), and what is real, not padding."""

    answer: Tensor
    answer_kind: Tensor
    answer_real: Tensor
    claims: Tensor
    claims_kind: Tensor
    claims_real: Tensor


class _Places(NamedTuple):
    """Where packed pieces stand in the padded tables, the tables' shape, and what attention may not see."""

    answer: Tensor
    claims: Tensor
    shape: tuple[int, int, int, int]
    answer_mask: Tensor
    claims_mask: Tensor


class Layer(nn.Module):
    """One of e5's layers, by itself or with claims reading an answer."""

    def __init__(self, e5: E5, number: int) -> None:
        super().__init__()
        self.heads, self.width = e5.heads, e5.width

        def linear(name: str, out: int, into: int) -> nn.Linear:
            made = nn.Linear(into, out)
            made.weight.data = torch.tensor(e5.array(f"l{number}.{name}.w", out, into))
            made.bias.data = torch.tensor(e5.array(f"l{number}.{name}.b", out))
            return made

        def norm(name: str) -> nn.LayerNorm:
            made = nn.LayerNorm(e5.width, eps=e5.epsilon)
            made.weight.data = torch.tensor(e5.array(f"l{number}.{name}.w", e5.width))
            made.bias.data = torch.tensor(e5.array(f"l{number}.{name}.b", e5.width))
            return made

        self.q, self.k, self.v, self.o = (linear(name, e5.width, e5.width) for name in ("q", "k", "v", "ao"))
        self.f1, self.f2 = linear("fi", e5.inner, e5.width), linear("fo", e5.width, e5.inner)
        self.n1, self.n2 = norm("aln"), norm("oln")
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return texts (B, T, width) that each read themselves."""
        q, k, v = (y.view(*x.shape[:2], self.heads, -1).transpose(1, 2) for y in (self.q(x), self.k(x), self.v(x)))
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return self._fed(x, seen.transpose(1, 2).reshape(x.shape))

    def together(self, x: Tensor, at: _Places) -> Tensor:
        """Return packed pieces (N, width), answers first: an answer reads itself, a claim the answer and itself."""
        b, p, ta, tp = at.shape
        size, answers = self.width // self.heads, len(at.answer)
        q, k, v = self.q(x), self.k(x), self.v(x)

        def padded(y: Tensor, places: Tensor, rows: int) -> Tensor:
            return torch.zeros(rows, self.width, dtype=x.dtype).index_copy(0, places, y)

        qa, ka, va = (
            padded(y[:answers], at.answer, b * ta).view(b, ta, self.heads, size).transpose(1, 2) for y in (q, k, v)
        )
        qp, kp, vp = (
            padded(y[answers:], at.claims, b * p * tp).view(b, p, tp, self.heads, size).permute(0, 3, 1, 2, 4)
            for y in (q, k, v)
        )
        by_answer = ((qa @ ka.transpose(-1, -2)) * size**-0.5 + at.answer_mask).softmax(-1) @ va
        far = (qp.reshape(b, self.heads, p * tp, size) @ ka.transpose(-1, -2)).view(b, self.heads, p, tp, ta)
        near = qp @ kp.transpose(-1, -2)
        weights = (torch.cat([far, near], -1) * size**-0.5 + at.claims_mask).softmax(-1)
        by_claims = (weights[..., :ta].reshape(b, self.heads, p * tp, ta) @ va).view(b, self.heads, p, tp, size)
        by_claims = by_claims + weights[..., ta:] @ vp
        seen = torch.cat(
            [
                by_answer.transpose(1, 2).reshape(-1, self.width)[at.answer],
                by_claims.permute(0, 2, 3, 1, 4).reshape(-1, self.width)[at.claims],
            ]
        )
        return self._fed(x, seen)

    def _fed(self, x: Tensor, seen: Tensor) -> Tensor:
        x = self.n1(x + self.o(seen))
        return self.n2(x + self.drop(self.f2(F.gelu(self.f1(x)))))


class Lower(nn.Module):
    """The rows of the vocabulary and the lower layers; they stay as e5 has them."""

    def __init__(self, e5: E5, layers: int, rows: list[int]) -> None:
        super().__init__()
        words = torch.tensor(e5.array("emb.word", e5.vocabulary, e5.width)[rows])
        self.words = nn.Embedding.from_pretrained(words)
        self.positions = nn.Parameter(
            torch.tensor(e5.array("emb.pos", e5.positions, e5.width) + e5.array("emb.type", e5.kinds, e5.width)[0])
        )
        self.norm = nn.LayerNorm(e5.width, eps=e5.epsilon)
        self.norm.weight.data = torch.tensor(e5.array("emb.ln.w", e5.width))
        self.norm.bias.data = torch.tensor(e5.array("emb.ln.b", e5.width))
        self.layers = nn.ModuleList(Layer(e5, number) for number in range(layers))

    @torch.no_grad()
    def forward(self, numbers: Tensor, lengths: Tensor) -> Tensor:
        """Return hidden rows (texts, T, width) of padded piece numbers (texts, T)."""
        places = torch.arange(numbers.shape[1])
        x = self.norm(self.words(numbers) + self.positions[: len(places)])
        mask = torch.zeros(len(numbers), 1, 1, len(places), dtype=x.dtype)
        mask = mask.masked_fill(places >= lengths[:, None, None, None], _HIDDEN)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Upper(nn.Module):
    """The upper layers, and a small head: four scores a claim, and what in the answer it rests on."""

    def __init__(self, e5: E5, first: int) -> None:
        super().__init__()
        self.width = e5.width
        self.layers = nn.ModuleList(Layer(e5, number) for number in range(first, e5.layers))
        self.kinds = nn.Embedding(KINDS, e5.width)
        self.kinds.weight.data.normal_(0, 0.02)
        # To begin with, a claim points at the pieces that are most like it.
        self.asks, self.offers = nn.Linear(e5.width, e5.width), nn.Linear(e5.width, e5.width)
        for linear in (self.asks, self.offers):
            nn.init.eye_(linear.weight)
            nn.init.zeros_(linear.bias)
        self.head = nn.Sequential(
            nn.Linear(5 * e5.width, e5.width), nn.GELU(), nn.Dropout(0.1), nn.Linear(e5.width, LABELS)
        )

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return scores (B, P, 4) and how strongly each claim points at each piece, (B, P, Ta)."""
        b, p, tp, _ = batch.claims.shape
        ta, kind = batch.answer.shape[1], self.kinds.weight.dtype

        def mask(real: Tensor) -> Tensor:
            return torch.zeros(real.shape, dtype=kind).masked_fill(~real, _HIDDEN)

        at = _Places(
            batch.answer_real.flatten().nonzero()[:, 0],
            batch.claims_real.flatten().nonzero()[:, 0],
            (b, p, ta, tp),
            mask(batch.answer_real)[:, None, None],
            torch.cat([mask(batch.answer_real)[:, None].expand(b, p, ta), mask(batch.claims_real)], 2)[
                :, None, :, None
            ],
        )
        answer = batch.answer.to(kind) + self.kinds(batch.answer_kind)
        claims = batch.claims.to(kind) + self.kinds(batch.claims_kind)[:, :, None]
        x = torch.cat([answer.flatten(0, 1)[at.answer], claims.flatten(0, 2)[at.claims]])
        for layer in self.layers:
            x = layer.together(x, at)
        zeros = torch.zeros(b * (ta + p * tp), self.width, dtype=kind)
        x = zeros.index_copy(0, torch.cat([at.answer, at.claims + b * ta]), x)
        answer, claims = x[: b * ta].view(b, ta, -1), x[b * ta :].view(b, p, tp, -1)
        real = batch.claims_real.to(kind)[..., None]
        mean = (claims * real).sum(2) / real.sum(2).clamp(min=1)
        asks, offers = F.normalize(self.asks(mean), dim=-1), F.normalize(self.offers(answer), dim=-1)
        points = (SHARPNESS * torch.einsum("bph,bth->bpt", asks, offers)).float()
        points = points.masked_fill(~(batch.answer_real & (batch.answer_kind == 1))[:, None], _HIDDEN)
        seen = points.softmax(-1).to(kind) @ answer
        compared = torch.cat([claims[:, :, 0], mean, seen, mean * seen, (mean - seen).abs()], -1)
        return self.head(compared).float(), points
