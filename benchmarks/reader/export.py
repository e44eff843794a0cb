"""The fitted reader as files: two ONNX graphs with 8-bit weights, and the rows of the vocabulary.

Products are made of whole numbers where that changes little: of a row, 129 steps between its outermost numbers, times
weights of 8 bits. Two such products and their sum are within 16 bits, so that processors without instructions for more
make the same sums as those with them. Values that are attended to stay 32-bit numbers: rounding them would do more harm
than rounding all else.

`lower.onnx` takes the rows of one text and returns its hidden rows. `upper.onnx` takes the hidden rows of a question
and its answer and those of all claims, packed, and returns four scores a claim and what it rests on; see
`kaoguan.reader.network`, which feeds it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch
from e5 import E5
from network import SHARPNESS, Lower
from onnx import TensorProto, helper, numpy_helper
from onnx.helper import make_tensor_value_info as value

Weights = Mapping[str, np.ndarray]
# Where onnxruntime keeps operators that ONNX has not.
_CONTRIBUTED = "com.microsoft"
# Steps of a row from zero to its outermost number, and of one that is nearly all above zero, as a GELU leaves it.
_STEPS, _STEPS_ABOVE = 64, 127
# The least that a GELU gives.
_LEAST = 0.17


class Steps(NamedTuple):
    """Rows as whole numbers: `numbers` less `zero`, times `size` (one for each row), less `least`."""

    numbers: str
    zero: str
    size: str
    least: float = 0


class Graph:
    """A graph under construction: constants, nodes, and the shapes of the transformer's parts."""

    def __init__(self, e5: E5) -> None:
        self.width, self.heads, self.epsilon = e5.width, e5.heads, e5.epsilon
        self.head = e5.width // e5.heads
        self.nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def const(self, value_) -> str:
        self._constants.append(numpy_helper.from_array(np.asarray(value_), f"c{len(self._constants)}"))
        return self._constants[-1].name

    def ints(self, *numbers: int) -> str:
        return self.const(np.array(numbers, np.int64))

    def op(self, kind: str, *inputs: str, **attributes) -> str:
        return self.ops(kind, 1, *inputs, **attributes)[0]

    def ops(self, kind: str, outputs: int, *inputs: str, **attributes) -> list[str]:
        names = [f"{kind}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names

    def linear(self, x: str, weights: Weights, name: str) -> str:
        """Multiply by a matrix of 8-bit numbers with one scale for each output, spread out, and add the bias."""
        numbers, scale = _whole(weights[f"{name}.weight"].T)
        zeros = self.const(np.zeros(len(scale), np.int8))
        spread = self.op("DequantizeLinear", self.const(numbers), self.const(scale), zeros, axis=1)
        return self.op("Add", self.op("MatMul", x, spread), self.const(weights[f"{name}.bias"]))

    def linear_in_steps(self, x: Steps, weights: Weights, name: str) -> str:
        """Do the same with whole numbers."""
        numbers, scale = _whole(weights[f"{name}.weight"].T)
        one, zeros = self.const(np.float32(1)), self.const(np.zeros(len(scale), np.int8))
        inputs = (x.numbers, self.const(numbers), one, self.const(scale), x.zero, zeros)
        made = self.op("Mul", self.op("MatMulIntegerToFloat", *inputs, domain=_CONTRIBUTED), x.size)
        bias = weights[f"{name}.bias"] - np.float32(x.least) * (numbers * scale).sum(0)
        return self.op("Add", made, self.const(bias.astype(np.float32)))

    def steps(self, x: str) -> Steps:
        """Take each row to whole numbers by its outermost number."""
        outermost = self.op("ReduceMax", self.op("Abs", x), self.ints(1), keepdims=1)
        return self._in_steps(x, self.op("Max", outermost, self.const(np.float32(1e-6))), _STEPS, _STEPS)

    def steps_above(self, x: str) -> Steps:
        """Take each row of what a GELU gives to whole numbers, from the least that it can give."""
        up, most = (
            self.op("Add", part, self.const(np.float32(_LEAST)))
            for part in (x, self.op("ReduceMax", x, self.ints(1), keepdims=1))
        )
        return self._in_steps(up, most, _STEPS_ABOVE, 0)._replace(least=_LEAST)

    def _in_steps(self, x: str, outermost: str, steps: int, zero: int) -> Steps:
        size = self.op("Mul", outermost, self.const(np.float32(1 / steps)))
        at = self.const(np.uint8(zero))
        numbers = self.op("QuantizeLinear", self.op("Div", x, size), self.const(np.float32(1)), at)
        return Steps(numbers, at, size)

    def norm(self, x: str, weights: Weights, name: str) -> str:
        scale, bias = (self.const(weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=self.epsilon)

    def split_heads(self, x: str) -> str:
        """(T, width) to (heads, T, head)."""
        return self.op("Transpose", self.op("Reshape", x, self.ints(-1, self.heads, self.head)), perm=[1, 0, 2])

    def join_heads(self, x: str) -> str:
        return self.op("Reshape", self.op("Transpose", x, perm=[1, 0, 2]), self.ints(-1, self.width))

    def attend(self, q: str, k: str, v: str) -> str:
        weights = self.op("Softmax", self.op("MatMul", q, self.op("Transpose", k, perm=[0, 2, 1])), axis=-1)
        return self.op("MatMul", weights, v)

    def fed(self, x: str, seen: str, layer: Weights) -> str:
        """The rest of a layer, after attention."""
        x = self.norm(self.op("Add", x, self.linear_in_steps(self.steps(seen), layer, "o")), layer, "n1")
        inner = self.steps_above(self.op("Gelu", self.linear_in_steps(self.steps(x), layer, "f1")))
        return self.norm(self.op("Add", x, self.linear_in_steps(inner, layer, "f2")), layer, "n2")

    def projected(self, x: str, layer: Weights) -> tuple[str, str, str]:
        """Return queries, keys and values."""
        steps = self.steps(x)
        asked, offered = (self.linear_in_steps(steps, layer, name) for name in ("q", "k"))
        return asked, offered, self.linear(x, layer, "v")

    def length(self, x: str, axis: int) -> str:
        return self.op("Slice", self.op("Shape", x), self.ints(axis), self.ints(axis + 1))

    def shape(self, *parts: str | int) -> str:
        return self.op("Concat", *[self.ints(part) if isinstance(part, int) else part for part in parts], axis=0)

    def model(self, inputs: Sequence, outputs: Mapping[str, str], shapes: Mapping[str, list]) -> onnx.ModelProto:  # type: ignore[type-arg]
        for name, made in outputs.items():
            self.nodes.append(helper.make_node("Identity", [made], [name]))
        declared = [value(name, TensorProto.FLOAT, shapes[name]) for name in outputs]
        graph = helper.make_graph(self.nodes, "reader", list(inputs), declared, self._constants)
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid(_CONTRIBUTED, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=10)
        onnx.checker.check_model(model)
        return model


def _whole(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a matrix as 8-bit numbers and one scale for each output."""
    scale = np.abs(matrix).max(0) / 127
    return np.rint(matrix / scale).astype(np.int8), scale


def lower_graph(e5: E5, weights: Weights, layers: int) -> onnx.ModelProto:
    """Return the graph that reads one text on its own."""
    graph = Graph(e5)
    x = graph.norm("x", weights, "norm")
    for number in range(layers):
        layer = _layer(weights, number, graph)
        heads = [graph.split_heads(made) for made in graph.projected(x, layer)]
        x = graph.fed(x, graph.join_heads(graph.attend(*heads)), layer)
    shape = ["pieces", e5.width]
    return graph.model([value("x", TensorProto.FLOAT, shape)], {"hidden": x}, {"hidden": shape})


def upper_graph(e5: E5, weights: Weights) -> onnx.ModelProto:
    """Return the graph in which claims read a question and its answer."""
    graph = Graph(e5)
    pieces, count, wide = graph.length("answer", 0), graph.length("places", 0), graph.length("places", 1)
    flat = graph.op("Reshape", "places", graph.ints(-1))
    mask = graph.op(
        "Concat",
        graph.op("Expand", graph.const(np.zeros((1, 1, 1), np.float32)), graph.shape(count, 1, pieces)),
        graph.op("Unsqueeze", "hides", graph.ints(1)),
        axis=2,
    )
    x = graph.op("Concat", "answer", "claims", axis=0)
    parts = graph.shape(pieces, graph.length("claims", 0))
    layers = len({name.split(".")[1] for name in weights if name.startswith("layers.")})
    for number in range(layers):
        layer = _layer(weights, number, graph)
        split = [graph.ops("Split", 2, made, parts, axis=0) for made in graph.projected(x, layer)]
        answer = [graph.split_heads(of_answer) for of_answer, _ in split]
        by_answer = graph.join_heads(graph.attend(*answer))
        q, k, v = (
            graph.op(
                "Transpose",
                graph.op(
                    "Reshape", graph.op("Gather", of_claims, flat), graph.shape(count, wide, graph.heads, graph.head)
                ),
                perm=[2, 0, 1, 3],
            )
            for _, of_claims in split
        )
        far = graph.op(
            "MatMul",
            graph.op("Reshape", q, graph.shape(graph.heads, -1, graph.head)),
            graph.op("Transpose", answer[1], perm=[0, 2, 1]),
        )
        far = graph.op("Reshape", far, graph.shape(graph.heads, count, wide, pieces))
        near = graph.op("MatMul", q, graph.op("Transpose", k, perm=[0, 1, 3, 2]))
        both = graph.op("Softmax", graph.op("Add", graph.op("Concat", far, near, axis=-1), mask), axis=-1)
        to_answer, to_claim = graph.ops("Split", 2, both, graph.shape(pieces, wide), axis=-1)
        from_answer = graph.op(
            "MatMul", graph.op("Reshape", to_answer, graph.shape(graph.heads, -1, pieces)), answer[2]
        )
        from_answer = graph.op("Reshape", from_answer, graph.shape(graph.heads, count, wide, graph.head))
        by_claims = graph.op("Add", from_answer, graph.op("MatMul", to_claim, v))
        by_claims = graph.op(
            "Reshape", graph.op("Transpose", by_claims, perm=[1, 2, 0, 3]), graph.ints(-1, graph.width)
        )
        seen = graph.op("Concat", by_answer, graph.op("Gather", by_claims, "back"), axis=0)
        x = graph.fed(x, seen, layer)
    answer_rows, claim_rows = graph.ops("Split", 2, x, parts, axis=0)
    table = graph.op("Reshape", graph.op("Gather", claim_rows, flat), graph.shape(count, wide, graph.width))
    scores, rests = _head(graph, weights, answer_rows, table)
    width = e5.width
    inputs = [
        value("answer", TensorProto.FLOAT, ["answer_pieces", width]),
        value("claims", TensorProto.FLOAT, ["claim_pieces", width]),
        value("places", TensorProto.INT64, ["count", "wide"]),
        value("hides", TensorProto.FLOAT, ["count", "wide"]),
        value("back", TensorProto.INT64, ["claim_pieces"]),
        value("outside", TensorProto.FLOAT, ["answer_pieces"]),
    ]
    shapes = {"scores": ["count", 4], "rests": ["count", "answer_pieces"]}
    return graph.model(inputs, {"scores": scores, "rests": rests}, shapes)


def _head(graph: Graph, weights: Weights, answer: str, table: str) -> tuple[str, str]:
    """Return four scores a claim, and how strongly it points at each piece, from the last rows."""
    real = graph.op("Equal", "hides", graph.const(np.float32(0)))
    real = graph.op("Unsqueeze", graph.op("Cast", real, to=TensorProto.FLOAT), graph.ints(2))
    mean = graph.op(
        "Div",
        graph.op("ReduceSum", graph.op("Mul", table, real), graph.ints(1), keepdims=0),
        graph.op("ReduceSum", real, graph.ints(1), keepdims=0),
    )
    asks, offers = (
        graph.op("Div", made, graph.op("ReduceL2", made, graph.ints(-1), keepdims=1))
        for made in (graph.linear(mean, weights, "asks"), graph.linear(answer, weights, "offers"))
    )
    rests = graph.op("MatMul", asks, graph.op("Transpose", offers, perm=[1, 0]))
    rests = graph.op("Add", graph.op("Mul", rests, graph.const(np.float32(SHARPNESS))), "outside")
    seen = graph.op("MatMul", graph.op("Softmax", rests, axis=-1), answer)
    first = graph.op("Slice", table, graph.ints(0), graph.ints(1), graph.ints(1))
    first = graph.op("Reshape", first, graph.ints(-1, graph.width))
    compared = [first, mean, seen, graph.op("Mul", mean, seen), graph.op("Abs", graph.op("Sub", mean, seen))]
    x = graph.linear(graph.op("Concat", *compared, axis=-1), weights, "head.0")
    return graph.linear(graph.op("Gelu", x), weights, "head.3"), rests


def write(folder: Path, e5: E5, lower: Lower, upper: Mapping[str, torch.Tensor]) -> None:
    """Write the reader's files."""
    low = {name: weight.detach().numpy() for name, weight in lower.state_dict().items()}
    up = {name: weight.detach().numpy() for name, weight in upper.items()}
    onnx.save(lower_graph(e5, low, len(lower.layers)), folder / "lower.onnx")
    onnx.save(upper_graph(e5, up), folder / "upper.onnx")
    words = low["words.weight"]
    scales = np.abs(words).max(1) / 127
    np.savez_compressed(
        folder / "words.npz",
        words=np.rint(words / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float32),
        positions=low["positions"].astype(np.float32),
        kinds=up["kinds.weight"].astype(np.float32),
    )


def _layer(weights: Weights, number: int, graph: Graph) -> Weights:
    """Return the weights of a layer; the scale of attention is in its queries."""
    start = f"layers.{number}."
    layer = {name.removeprefix(start): weight for name, weight in weights.items() if name.startswith(start)}
    factor = np.float32(graph.head**-0.5)
    return layer | {"q.weight": layer["q.weight"] * factor, "q.bias": layer["q.bias"] * factor}
