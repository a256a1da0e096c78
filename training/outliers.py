"""A few features reach far beyond the others: made ready for int8, which has one scale for all.

In an encoder of BERT's kind the same few features reach ten times as far as the rest in every
text, and one scale blurs the rest. Where they are a layer's inputs, a part of their reach goes
over into the weights (SmoothQuant, Xiao et al. 2023); where they are the inner ones of a
feed-forward, they stay in fp32 (as in LLM.int8(), Dettmers et al. 2022, but chosen once). What the
network says stays the same until it is made int8.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import torch
from torch import Tensor, nn

from training.model import Encoder, Layer

INNER = 4
"""How many inner features of each feed-forward stay in fp32."""
GOES_OVER = {"qkv": 0.5, "up": 0.7}
"""How much of a reach beyond the median goes over into the weights, as its power. Over a dozen articles int8
moves the vectors by 3.0 % so, by 6.5 % with the first way down in fp32 and nothing else."""


class Scaled(nn.Module):
    """A linear layer, its inputs brought closer together and its weights apart by as much."""

    def __init__(self, whole: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("factor", 1 / scale)
        self.whole = whole
        with torch.no_grad():
            whole.weight.mul_(scale)

    def forward(self, x: Tensor) -> Tensor:
        """What the layer said of x before."""
        return self.whole(x * self.factor)


def ready(encoder: Encoder, windows: Iterable[Tensor]) -> None:
    """Make an encoder ready for int8, by what reaches far in some windows of pieces [1, t]."""
    reach = reaches(encoder, windows)
    for i, layer in enumerate(encoder.layers):
        set_aside(layer, reach[f"layers.{i}.down"].topk(INNER).indices)
        for name, power in GOES_OVER.items():
            each = reach[f"layers.{i}.{name}"]
            scale = (each / each.median()).clamp(min=1.0) ** power
            setattr(layer, name, Scaled(getattr(layer, name), scale))


def set_aside(layer: Layer, inner: Tensor) -> None:
    """Take some inner features of a layer's feed-forward out of it, into ``aside``."""
    enter, leave = (
        nn.Linear(layer.up.in_features, len(inner)),
        nn.Linear(len(inner), layer.down.out_features, bias=False),
    )
    with torch.no_grad():
        enter.weight.copy_(layer.up.weight[inner])
        enter.bias.copy_(layer.up.bias[inner])
        leave.weight.copy_(layer.down.weight[:, inner])
        layer.up.weight[inner] = 0.0
        layer.up.bias[inner] = 0.0
        layer.down.weight[:, inner] = 0.0
    layer.aside = nn.Sequential(enter, nn.GELU(), leave)


def reaches(encoder: Encoder, windows: Iterable[Tensor]) -> dict[str, Tensor]:
    """How far from 0 each input feature of each layer goes."""
    found: dict[str, Tensor] = {}

    def look(name: str, _: nn.Module, given: tuple[Tensor, ...]) -> None:
        reach = given[0].abs().flatten(0, -2).amax(0)
        found[name] = torch.maximum(found[name], reach) if name in found else reach

    watched = [
        module.register_forward_pre_hook(partial(look, name))
        for name, module in encoder.named_modules()
        if isinstance(module, nn.Linear)
    ]
    with torch.no_grad():
        for ids in windows:
            encoder(ids, torch.ones(ids.shape))
    for each in watched:
        each.remove()
    return found
