"""The weights of a model folder's graphs, to go on training from: what int8 kept of them, as floats again.

    python -m training.restore --model src/dateline/model --out runs/shipped

``training.train --start runs/shipped/weights.safetensors`` and ``training.heads --run runs/shipped`` take it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.torch import save_file
from torch import Tensor

from training.model import LAYERS, Network
from training.outliers import GOES_OVER

Array = NDArray[np.float32]
GRAPHS = {
    "encoder": "reader",
    "tokens": "reader",
    "events": "events",
    "attributions": "attributions",
    "fillings": "events",
    "status": "events",
    "mode": "events",
    "pairs": "pairs",
    "dyad": "dyads",
}
"""The graph that each part of the network is in."""


class Graph:
    """The weights of one graph."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self._stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
        self._inputs = {node.name: list(node.input) for node in graph.node}

    def stored(self, name: str) -> Array | None:
        """A stored tensor as floats, an int8 one column by column; None where there is none."""
        if name in self._stored:
            return np.array(self._stored[name], dtype=np.float32)
        if f"{name}_quantized" not in self._stored:
            return None
        quantized, scale, zero = (self._stored[f"{name}_{x}"] for x in ("quantized", "scale", "zero_point"))
        return (quantized.astype(np.float32) - zero) * scale

    def multiplied(self, operation: str) -> Array:
        """What a layer's input is multiplied by, [out, in]. Raises KeyError where nothing is."""
        for kind in ("/whole/MatMul_quant", "/MatMul_quant", "/Gemm_MatMul_quant", "/MatMul", "/Gemm"):
            if f"/{operation}{kind}" in self._inputs:
                factor = self.stored(self._inputs[f"/{operation}{kind}"][1].removesuffix("_quantized"))
                if factor is not None:
                    return factor if kind == "/Gemm" else factor.T
        raise KeyError(operation)


def restored(folder: Path) -> dict[str, Tensor]:
    """The network's weights from a model folder's graphs."""
    graphs = {name: Graph(folder / f"{name}.onnx") for name in GRAPHS.values()}
    weights = {name: _weight(graphs, name) for name in Network().state_dict()}
    for i in range(LAYERS):
        _put_back(graphs["reader"], weights, f"encoder.layers.{i}")
    return {name: torch.from_numpy(np.ascontiguousarray(each)) for name, each in weights.items()}


def _weight(graphs: dict[str, Graph], name: str) -> Array:
    part, rest = name.split(".", 1)
    layer, _, kind = name.rpartition(".")
    graph = graphs[GRAPHS[part]]
    within = f"head.{rest}"  # of a frame head's own graph
    for stored in (name, f"network.{name}", f"network.{layer}.whole.{kind}", within):
        if (found := graph.stored(stored)) is not None:
            return found
        if (turned := graph.stored(f"{stored}_Transposed")) is not None:
            return turned.T
    return graph.multiplied(_operation(layer))


def _operation(layer: str) -> str:
    """A layer's path among the operations of its graph."""
    match layer.split("."):
        case ["encoder", "layers", number, inner]:
            return f"encoder/layers.{number}/{inner}"
        case ["tokens", head]:
            return head
        case ["events" | "attributions", *inner]:
            return "/".join(["head", *inner])
        case path:
            return "/".join(path)


def _put_back(reader: Graph, weights: dict[str, Array], layer: str) -> None:
    """Undo what ``outliers`` did to a layer before it was made int8."""
    for name in GOES_OVER:
        factor = reader.stored(f"network.{layer}.{name}.factor")
        weights[f"{layer}.{name}.weight"] = weights[f"{layer}.{name}.weight"] * factor
    path = layer.replace(".", "/", 1)
    enter, leave = (reader.multiplied(f"{path}/aside/aside.{i}") for i in (0, 2))
    inner = np.flatnonzero(~weights[f"{layer}.down.weight"].any(0))
    # They left in another order, but come in and go out in the same.
    weights[f"{layer}.up.weight"][inner] = enter
    weights[f"{layer}.up.bias"][inner] = reader.stored(f"network.{layer}.aside.0.bias")
    weights[f"{layer}.down.weight"][:, inner] = leave


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    save_file(restored(given.model), given.out / "weights.safetensors")


if __name__ == "__main__":
    main()
