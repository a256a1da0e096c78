"""Go on pre-training the encoder on the corpora's own texts, masked word by masked word.

    python -m training.pretrain --data ../shared/data --out runs/encoder

The starting weights were made for comparing sentences; reading needs what each word means
where it stands. Only train parts are read, and no text under a non-commercial clause.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional as F

from dateline.read.sentences import split
from dateline.read.tokens import Pieceworker
from training import corpora
from training.model import BASE, VOCABULARY, WIDTH, Encoder
from training.schedule import MASK, schedule

HIDDEN = 0.2
"""The share of the pieces to be guessed."""
ROOM = 190


class Guesser(nn.Module):
    """The encoder with a head that names the hidden pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder(dropout=0.0)
        self.dense = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.bias = nn.Parameter(torch.zeros(VOCABULARY))

    def forward(self, ids: Tensor, mask: Tensor, places: Tensor) -> Tensor:
        """Logits [k, vocabulary] at flat places [k] of ids [b, t]."""
        vectors = self.encoder(ids, mask).flatten(0, 1)[places]
        return self.norm(F.gelu(self.dense(vectors))) @ self.encoder.words.weight.T + self.bias


def passages(data: Path, worker: Pieceworker) -> list[list[int]]:
    """All texts in runs of whole sentences, at most ROOM pieces each."""
    out: list[list[int]] = []
    for text in corpora.texts(data):
        pieces = worker.pieces(text, split(text, [(0, len(text))]))
        ids, sentence = pieces.ids.tolist(), pieces.sentence.tolist()
        run: list[int] = []
        for at, piece in enumerate(ids):
            opens = at > 0 and sentence[at] != sentence[at - 1]
            if len(run) >= ROOM or (opens and len(run) >= ROOM - 60):
                out.append(run)
                run = []
            run.append(piece)
        if len(run) > 8:
            out.append(run)
    return out


def batches(runs: list[list[int]], worker: Pieceworker, size: int, rng: random.Random) -> Iterator[Tensor]:
    """Shuffled batches of ids [b, t], like lengths together, 0 behind the shorter ones."""
    ordered = sorted(runs, key=lambda r: len(r) * rng.uniform(0.9, 1.1))
    dealt: list[list[list[int]]] = [[]]
    for run in ordered:
        if (len(dealt[-1]) + 1) * (len(run) + 2) > size and dealt[-1]:
            dealt.append([])
        dealt[-1].append(run)
    rng.shuffle(dealt)
    for chosen in dealt:
        width = -(-(max(map(len, chosen)) + 2) // 8) * 8
        ids = torch.zeros(len(chosen), width, dtype=torch.long)
        for i, run in enumerate(chosen):
            ids[i, : len(run) + 2] = torch.tensor([worker.cls, *run, worker.sep])
        yield ids


def hide(ids: Tensor) -> tuple[Tensor, Tensor]:
    """Ids with some pieces hidden (a tenth of them by another piece, a tenth left), and their flat places."""
    chosen = (torch.rand(ids.shape) < HIDDEN) & (ids > MASK)
    how = torch.rand(ids.shape)
    veiled = ids.masked_fill(chosen & (how < 0.8), MASK)
    swapped = chosen & (how >= 0.8) & (how < 0.9)
    veiled[swapped] = torch.randint(MASK + 1, VOCABULARY, (int(swapped.sum()),))
    return veiled, chosen.flatten().nonzero().squeeze(1)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--size", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.set_flush_denormal(True)
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)
    worker = Pieceworker.load(BASE / "tokenizer.json")
    guesser = Guesser()
    guesser.encoder.start_from(load_file(BASE / "model.safetensors"))
    guesser.encoder.words.requires_grad_(False)
    runs = passages(given.data, worker)
    planned = [b for _ in range(given.epochs) for b in batches(runs, worker, given.size, rng)]
    print(
        json.dumps({"passages": len(runs), "pieces": sum(map(len, runs)), "steps": len(planned)}), flush=True
    )
    optimiser = torch.optim.AdamW(
        [p for p in guesser.parameters() if p.requires_grad],
        given.rate,
        (0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: schedule(s / len(planned)))
    started, seen = time.monotonic(), []
    for step, ids in enumerate(planned, 1):
        veiled, places = hide(ids)
        with torch.autocast("cpu", torch.bfloat16):
            logits = guesser(veiled, (ids != 0).float(), places)
        loss = F.cross_entropy(logits.float(), ids.flatten()[places])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(guesser.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        rate.step()
        seen.append(loss.item())
        if step % 100 == 0 or step == len(planned):
            line = {
                "step": step,
                "seconds": round(time.monotonic() - started),
                "loss": round(sum(seen) / len(seen), 4),
            }
            print(json.dumps(line), flush=True)
            seen.clear()
        if step % 400 == 0 or step == len(planned):
            save_file(
                {k: v.contiguous() for k, v in guesser.encoder.state_dict().items()},
                given.out / "encoder.safetensors",
            )


if __name__ == "__main__":
    main()
