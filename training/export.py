"""Weights to the files that the package ships: ONNX graphs, the encoder in int8.

python -m training.export --data ../shared/data --run runs/reader --to src/dateline/model
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn

from dateline.ontology import ROLES
from dateline.read import screening
from dateline.read.encoder import TOKEN_HEADS
from dateline.read.tokens import Pieceworker
from training import corpora, outliers
from training.model import BASE, DYAD, FILLING, PAIR_FEATURES, WIDTH, FrameHead, Network
from training.tune import START

KEPT = re.compile(rf"/aside/|^/({'|'.join(TOKEN_HEADS)})/")
"""What stays in fp32 beside the dyad head: the features that ``outliers`` sets aside, and the token heads,
which are small."""
WINDOWS = 60
"""How many articles' beginnings show which features reach far."""


class Pass(nn.Module):
    """Encoder with the token heads."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """ids, mask [b, t] -> vectors, and the chances of each token head."""
        vectors = self.network.encoder(ids, mask)
        return vectors, *(self.network.tokens[name](vectors).softmax(-1) for name in TOKEN_HEADS)


class Frames(nn.Module):
    """A frame head, with status and mode where the frames are events."""

    def __init__(self, head: FrameHead, network: Network | None = None) -> None:
        super().__init__()
        self.head = head
        self.network = network

    def forward(
        self, pieces: Tensor, first: Tensor, last: Tensor, index: Tensor, distance: Tensor, sentence: Tensor
    ) -> Tensor | tuple[Tensor, ...]:
        """Chances [t, m, roles, 3]; for events also status, mode and what the pair head compares."""
        vectors = self.head.vector(pieces, first, last)
        roles, strongest = self.head(pieces, vectors, index, distance, sentence)
        if self.network is None:
            return roles.softmax(-1)
        whole = torch.cat([vectors, strongest], -1)
        status, mode = self.network.status(whole), self.network.mode(whole)
        vectors = torch.cat([vectors, self.network.fillings(pieces, roles, index)], -1)
        return roles.softmax(-1), status.softmax(-1), mode.softmax(-1), vectors


class Pairs(nn.Module):
    """The pair head, answering with chances."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.pairs = network.pairs

    def forward(self, vectors: Tensor, left: Tensor, right: Tensor, features: Tensor) -> Tensor:
        """Chances [k, 2]."""
        return self.pairs(vectors, left, right, features).sigmoid()


class Dyads(nn.Module):
    """The dyad head on what it sees [b, DYAD]."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.dyad = network.dyad

    def forward(self, parts: Tensor) -> Tensor:
        """Chances [b, roots]."""
        return self.dyad(parts).softmax(-1)


FRAME_INPUTS = ["pieces", "first", "last", "index", "distance", "sentence"]
FRAME_AXES = {
    "pieces": {0: "n"},
    "first": {0: "t"},
    "last": {0: "t"},
    "index": {0: "t", 1: "m"},
    "distance": {0: "t", 1: "m"},
    "sentence": {0: "t", 1: "m"},
    "roles": {0: "t", 1: "m"},
}


def graphs(network: Network, folder: Path) -> None:
    """Write the five graphs in fp32."""
    n, t, m = 20, 3, 9
    laid = tuple(torch.zeros(t, m, dtype=torch.long) for _ in range(3))
    ends = torch.tensor([1, 4, 6])
    frames = (torch.randn(n, WIDTH), ends, ends, *laid)
    windows = (torch.ones(2, 16, dtype=torch.long), torch.ones(2, 16))
    told = ["vectors", *TOKEN_HEADS]
    axes = {name: {0: "b", 1: "w"} for name in ("ids", "mask", *told)}
    write(Pass(network), windows, folder / "reader.onnx", ["ids", "mask"], told, axes)
    event_axes = FRAME_AXES | {name: {0: "t"} for name in ("status", "mode", "vectors")}
    outputs = ["roles", "status", "mode", "vectors"]
    write(Frames(network.events, network), frames, folder / "events.onnx", FRAME_INPUTS, outputs, event_axes)
    write(
        Frames(network.attributions),
        frames,
        folder / "attributions.onnx",
        FRAME_INPUTS,
        ["roles"],
        FRAME_AXES,
    )
    couples = (
        torch.randn(t, WIDTH + len(ROLES) * FILLING),
        ends[:2] * 0,
        ends[:2] * 0 + 1,
        torch.randn(2, PAIR_FEATURES),
    )
    pair_axes = {"vectors": {0: "t"}} | {name: {0: "k"} for name in ("left", "right", "features", "chances")}
    write(
        Pairs(network),
        couples,
        folder / "pairs.onnx",
        ["vectors", "left", "right", "features"],
        ["chances"],
        pair_axes,
    )
    write(
        Dyads(network),
        (torch.randn(1, DYAD),),
        folder / "dyads.onnx",
        ["parts"],
        ["chances"],
        {"parts": {0: "b"}},
    )


def write(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: Sequence[str],
    outputs: Sequence[str],
    axes: dict[str, dict[int, str]],
) -> None:
    """One graph."""
    torch.onnx.export(
        module.eval(), example, str(path), input_names=list(inputs), output_names=list(outputs),
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def names(path: Path) -> list[str]:
    """The names of a graph's nodes."""
    return [node.name for node in onnx.load(path).graph.node]


def beginnings(data: Path) -> Iterator[Tensor]:
    """The first window of some annotated articles, as pieces [1, t]."""
    worker = Pieceworker.load(BASE / "tokenizer.json")
    for article in corpora.record(data, "train", worker)[:WINDOWS]:
        ids = article.pieces.ids[:190].tolist()
        yield torch.tensor([[worker.cls, *ids, worker.sep]])


def export(data: Path, run: Path, to: Path, whole: bool = False) -> None:
    """Write a run's weights as the package's model files; ``whole`` keeps them in fp32.

    Thresholds are those of ``tune.START``, to be chosen anew.
    """
    network = Network()
    network.load_state_dict(load_file(run / "weights.safetensors"))
    network.eval()
    if not whole:
        outliers.ready(network.encoder, beginnings(data))
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        graphs(network, folder)
        for path in sorted(folder.glob("*.onnx")):
            if whole or path.name == "dyads.onnx":
                shutil.copy(path, to / path.name)
            else:
                kept = [name for name in names(path) if KEPT.search(name)]
                quantize_dynamic(
                    path, to / path.name, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=kept
                )
    if (run / "screens.npz").exists():
        shutil.copy(run / "screens.npz", to)
    else:
        screening.save(to / "screens.npz", {name: screening.Screen.open(WIDTH) for name in screening.HEADS})
    shutil.copy(BASE / "tokenizer.json", to / "tokenizer.json")
    (to / "settings.json").write_text(json.dumps(START, indent=1) + "\n")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="keep fp32")
    given = parser.parse_args()
    export(given.data, given.run, given.to, given.whole)


if __name__ == "__main__":
    main()
