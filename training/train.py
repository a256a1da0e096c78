"""Train the reader: corpora -> batches -> loop -> export.

    python -m training.train --data ../shared/data --out runs/reader --to src/dateline/model

One run goes from the corpora to the files that the package ships, with fixed seeds and a
log: weights, graphs, screens, thresholds and the card's figures. Without ``--to`` it ends with the
weights. It takes well under two hours on two CPU cores; a GPU is used where there is one.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional as F

from dateline.read.frames import IGNORE
from dateline.read.tokens import Pieceworker
from training import annotated, corpora, teach
from training.batches import Batch, DyadBatch, FrameBatch, collate, collate_dyads, deal
from training.model import BASE, Network
from training.schedule import MASK, schedule

VEILED = 0.1
Losses = dict[str, Tensor]
T = TypeVar("T")


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="where checkpoint and log go")
    parser.add_argument("--to", type=Path, help="the model folder to write, its card.md in it")
    parser.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    parser.add_argument("--encoder", type=Path, help="weights of training.pretrain to start from")
    parser.add_argument("--taught", type=Path, help="texts read by training.teach, with its chances")
    parser.add_argument(
        "--articles", type=Path, action="append", default=[], help="own annotated articles; may be repeated"
    )
    parser.add_argument(
        "--corpora-only", action="store_true", help="leave out the articles of training/annotations.jsonl"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--record-epochs", type=float, default=15, help="passes over the annotated articles")
    parser.add_argument("--attribution-epochs", type=float, default=3, help="passes over PolNeAR")
    parser.add_argument("--dyad-epochs", type=float, default=10, help="passes over PLV's dyads")
    parser.add_argument("--incident-epochs", type=float, default=2, help="passes over MUC-4")
    parser.add_argument("--toponym-epochs", type=float, default=2, help="passes over LGL and GUM")
    parser.add_argument("--name-epochs", type=float, default=6, help="passes over re3d's mentions")
    parser.add_argument("--taught-epochs", type=float, default=2, help="passes over the taught texts")
    parser.add_argument(
        "--taught-dyad-epochs", type=float, default=0.5, help="passes over the taught texts' dyads"
    )
    parser.add_argument("--rate", type=float, default=2.5e-4, help="highest learning rate")
    parser.add_argument("--size", type=int, default=2000, help="word pieces a batch")
    parser.add_argument("--share", type=float, default=1.0, help="share of the annotated articles to use")
    parser.add_argument("--minutes", type=float, default=110, help="stop after this long, wherever it is")
    return parser.parse_args()


# ---- corpora and the order of batches


def steps(given: argparse.Namespace, worker: Pieceworker, rng: random.Random) -> list[object]:
    """All batches of a run, in order: lists of documents and of dyads, corpora mixed evenly.

    PolNeAR comes more at the start, the annotated articles more towards the end.
    """
    articles = corpora.record(given.data, "train", worker)
    if not given.corpora_only:
        articles += corpora.documents(annotated.articles(given.data), worker)
    for path in given.articles:
        articles += corpora.documents(corpora.read_lines(path), worker)
    rng.shuffle(articles)
    articles = articles[: round(given.share * len(articles))]
    quoted = corpora.attribution(given.data, "train", worker)
    marked = corpora.dyads(given.data, "train")
    more_marked = corpora.dyads_of_record(given.data, "train")
    reports = corpora.incidents(given.data, "train", worker)
    placed_texts = corpora.toponyms(given.data, worker)
    named = corpora.names(given.data, "train", worker)
    taught = teach.load(given.taught) if given.taught else teach.Taught()
    dealt = [
        (given.record_epochs, 0.55, lambda: deal(articles, given.size, rng)),
        (given.attribution_epochs, 0.45, lambda: deal(quoted, given.size, rng)),
        (given.dyad_epochs, 0.6, lambda: chunks(marked, 24, rng)),
        (given.dyad_epochs / 3, 0.6, lambda: chunks(more_marked, 24, rng)),
        (given.incident_epochs, 0.4, lambda: deal(reports, given.size, rng)),
        (given.toponym_epochs, 0.4, lambda: deal(placed_texts, given.size, rng)),
        (given.name_epochs, 0.5, lambda: deal(named, given.size, rng)),
        (
            given.taught_epochs if taught.documents else 0,
            0.4,
            lambda: deal(taught.documents, given.size, rng),
        ),
        (given.taught_dyad_epochs, 0.4, lambda: chunks(taught.dyads, 24, rng)),
    ]
    placed: list[tuple[float, int, object]] = []
    for epochs, middle, once in dealt:
        every = [b for _ in range(math.ceil(epochs)) for b in once()]
        every = every[: round(len(every) * epochs / max(1, math.ceil(epochs)))]
        for i, batch in enumerate(every):
            at = (i + 0.5) / len(every)
            placed.append((at ** (math.log(middle) / math.log(0.5)), len(placed), batch))
    return [batch for _, _, batch in sorted(placed, key=lambda p: p[:2])]


def chunks(items: list[corpora.Dyad], size: int, rng: random.Random) -> Iterator[list[corpora.Dyad]]:
    """Shuffled lists of ``size``."""
    shuffled = rng.sample(items, len(items))
    yield from (shuffled[i : i + size] for i in range(0, len(shuffled), size))


# ---- losses


def losses(network: Network, batch: Batch) -> Losses:
    """The losses of all heads that a batch has labels for."""
    with torch.autocast(batch.ids.device.type, torch.bfloat16):
        encoded = network.encoder(veiled(batch.ids), batch.mask)
    pieces = encoded.float().flatten(0, 1)[batch.owned]
    out: Losses = {
        name: F.cross_entropy(network.tokens[name](pieces), labels, **ignoring(labels))
        for name, labels in batch.tokens.items()
    }
    if batch.attributions is not None:
        vectors = network.attributions.vector(pieces, batch.attributions.first, batch.attributions.last)
        with torch.autocast(batch.ids.device.type, torch.bfloat16):
            logits, _ = network.attributions(pieces, vectors, *laid(batch.attributions))
        out["attribution"] = frame_loss(logits, batch.attributions)
    if batch.events is not None:
        vectors = network.events.vector(pieces, batch.events.first, batch.events.last)
        with torch.autocast(batch.ids.device.type, torch.bfloat16):
            logits, strongest = network.events(pieces, vectors, *laid(batch.events))
        whole = torch.cat([vectors, strongest.float()], -1)
        out["roles"] = frame_loss(logits, batch.events)
        out["status"] = F.cross_entropy(network.status(whole), batch.status)
        out["mode"] = F.cross_entropy(network.mode(whole), batch.mode, **ignoring(batch.mode))
        if batch.pairs is not None:
            p = batch.pairs
            filled = network.fillings(pieces, logits.float(), batch.events.index)
            logits = network.pairs(torch.cat([vectors, filled], -1), p.left, p.right, p.features)
            each = F.binary_cross_entropy_with_logits(logits, p.labels, reduction="none")
            out["same"], out["answers"] = (each * p.weight[:, None]).sum(0) / p.weight.sum()
    return out


def ignoring(labels: Tensor) -> dict[str, int]:
    """How cross-entropy is told which labels to pass over; chances have none such."""
    return {} if labels.is_floating_point() else {"ignore_index": IGNORE}


def veiled(ids: Tensor) -> Tensor:
    """Ids with a few pieces masked, so that the heads lean on context and not on words alone."""
    veil = (torch.rand(ids.shape, device=ids.device) < VEILED) & (ids > MASK)
    return ids.masked_fill(veil, MASK)


def laid(found: FrameBatch) -> tuple[Tensor, Tensor, Tensor]:
    """The candidates as the head takes them."""
    return found.index, found.distance, found.sentence


def frame_loss(logits: Tensor, found: FrameBatch) -> Tensor:
    """Cross-entropy over all candidates of a frame and roles, a frame's sum."""
    logits = logits.float()
    if found.labels.is_floating_point():
        return -(found.labels * logits.log_softmax(-1)).sum() / len(found.first)
    total = F.cross_entropy(
        logits.flatten(0, 2), found.labels.flatten(), ignore_index=IGNORE, reduction="sum"
    )
    return total / len(found.first)


def dyad_loss(network: Network, batch: DyadBatch) -> Losses:
    """The loss of the dyad head."""
    logits = network.between(veiled(batch.ids), batch.mask, batch.marks)
    return {"dyad": F.cross_entropy(logits, batch.labels)}


WEIGHTS = {
    "triggers": 12.0,
    "cues": 12.0,
    "toponyms": 4.0,
    "names": 4.0,
    "parts": 4.0,
    "attribution": 0.25,
    "roles": 0.12,
    "status": 0.5,
    "mode": 0.4,
    "same": 1.0,
    "answers": 2.0,
    "dyad": 1.0,
}
"""How much each head's loss counts."""


# ---- loop


def train(given: argparse.Namespace) -> Network:
    """Run all steps; returns the network with its weights averaged over about the last tenth of them."""
    torch.set_flush_denormal(True)  # vanishing gradients are slow on a CPU
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    worker = Pieceworker.load(BASE / "tokenizer.json")
    network = Network()
    if given.start:
        network.load_state_dict(load_file(given.start))
    elif given.encoder:
        network.encoder.load_state_dict(load_file(given.encoder))
    else:
        network.encoder.start_from(load_file(BASE / "model.safetensors"))
    # The words' own vectors stay as pre-training left them: the corpora know too few of them.
    network.encoder.words.requires_grad_(False)
    network.to(device).train()
    planned = steps(given, worker, rng)
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(1 - 1 / max(len(planned) / 50, 2))
    )
    optimiser = torch.optim.AdamW(
        groups(network, given.rate), weight_decay=0.05, betas=(0.9, 0.98), fused=True
    )
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: schedule(s / len(planned)))
    started = saved = time.monotonic()
    seen: dict[str, list[float]] = {}
    for step, batch in enumerate(planned, 1):
        parts = one(network, batch, worker, rng, device)
        loss = sum(WEIGHTS[name] * value for name, value in parts.items())
        loss.backward()  # type: ignore[union-attr]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        rate.step()
        if step % 5 == 0:
            average.update_parameters(network)
        for name, value in parts.items():
            seen.setdefault(name, []).append(value.item())
        now = time.monotonic()
        if step % 100 == 0 or step == len(planned):
            log(given.out, step, len(planned), now - started, seen)
        if now - saved > 600:
            save(average.module, given.out)
            saved = now
        if now - started > 60 * given.minutes:
            break
    save(average.module, given.out)
    return average.module


def one(network: Network, batch: object, worker: Pieceworker, rng: random.Random, device: str) -> Losses:
    """The losses of one step; windows vary in size so that the reader does not lean on one."""
    if isinstance(batch[0], corpora.Dyad):  # type: ignore[index]
        return dyad_loss(network, moved(collate_dyads(batch, worker), device))  # type: ignore[arg-type]
    return losses(network, moved(collate(batch, worker, rng.choice((128, 160, 192, 192, 224))), device))  # type: ignore[arg-type]


def moved(batch: T, device: str) -> T:
    """A batch on a device."""
    if device == "cpu" or batch is None:
        return batch
    if isinstance(batch, dict):
        return {k: moved(v, device) for k, v in batch.items()}  # type: ignore[return-value]
    if isinstance(batch, Tensor):
        return batch.to(device)  # type: ignore[return-value]
    return type(batch)(*(moved(getattr(batch, f), device) for f in batch.__dataclass_fields__))  # type: ignore[attr-defined]


def groups(network: Network, rate: float) -> list[dict[str, object]]:
    """The encoder at the given rate, the new heads at three times that."""
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in network.encoder.parameters()}
    heads = [p for p in network.parameters() if id(p) not in known]
    return [{"params": encoder, "lr": rate}, {"params": heads, "lr": 3 * rate}]


def log(out: Path, step: int, total: int, seconds: float, seen: dict[str, list[float]]) -> None:
    """Print and keep the mean losses since the last line."""
    means = {name: round(sum(v) / len(v), 4) for name, v in seen.items() if v}
    seen.clear()
    line = json.dumps({"step": step, "of": total, "seconds": round(seconds), **means})
    print(line, flush=True)
    with (out / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def save(network: torch.nn.Module, out: Path) -> None:
    """Write the weights, without pickle."""
    save_file({k: v.contiguous().cpu() for k, v in network.state_dict().items()}, out / "weights.safetensors")


def main() -> None:
    """Train, then write the package's model files."""
    given = options()
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "options.json").write_text(json.dumps(vars(given), default=str, indent=1))
    train(given)
    if given.to:
        # They start from this module's BASE.
        from training import calibrate, card, export, heads, tune

        export.export(given.data, given.out, given.to)
        heads.heads(given.data, given.out, given.to, given.out / "heads")
        export.export(given.data, given.out / "heads", given.to)
        tune.tune(given.data, given.to)
        calibrate.calibrate(given.data, given.to)
        card.fill(given.data, given.to)


if __name__ == "__main__":
    main()
