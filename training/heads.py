"""The frame heads' last training: a screen before each, and the heads on what it lets through.

    python -m training.heads --data ../shared/data --run runs/one --model runs/one/model --out runs/heads

The encoder stays as it is, and the heads learn from its vectors as int8 makes them: those of the files in
``--model``, which are of ``--run``. First a screen learns which candidates the run's heads would fill a role
with (``dateline.read.screening``); then the heads go on with the candidates that pass, by gold and, for the
greater part, by what they said with all candidates before them: the encoder knows the annotated texts too
well. Ends with the weights of the whole network, and the screens beside them: ``training.export`` takes both.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from dateline.ontology import ATTRIBUTION_ROLES, ROLES, TYPES
from dateline.read import bio, screening, spans
from dateline.read.encoder import Encoder
from dateline.read.frames import DISTANCES, IGNORE, NOTHING, SENTENCES
from dateline.read.sentences import split
from dateline.read.tokens import WINDOW
from dateline.types import Range
from training import annotated, corpora
from training.batches import Batch, FrameBatch, collate, deal
from training.corpora import Document, Event, Frame
from training.model import WIDTH, Network
from training.schedule import schedule
from training.train import WEIGHTS, frame_losses, laid, save

SHORT = 64
"""Features of a screen's short vectors."""
LEAST = -7.0
"""The least score that passes."""
TAUGHT = "taught"
"""The corpus of texts that nobody annotated."""
EACH = 3
"""Of those texts one in so many is taken."""
SURE, MOST = 0.4, 48
"""How sure the reader must be of a trigger or cue in them, and how many of a text are taken."""
RATE = 2e-3
"""The highest learning rate of the screens."""
TRAINED = (*screening.HEADS, "status", "mode")
"""The parts of the network that go on. Pairs of reports are compared as before: trained on, too, they came to
be worse (on dev same happening 74.5 to 72.6)."""

Module = TypeVar("Module", bound=nn.Module)


class Screening(nn.Module):
    """What ``dateline.read.screening.Screen`` does, to be trained."""

    def __init__(self) -> None:
        super().__init__()
        self.trigger = nn.Linear(2 * WIDTH, SHORT)
        self.piece = nn.Linear(WIDTH, SHORT + 1)
        self.distance = nn.Embedding(DISTANCES, SHORT + 1)
        self.sentence = nn.Embedding(SENTENCES, 1)
        for each in (self.trigger, self.distance, self.sentence):
            nn.init.normal_(each.weight, std=0.02)

    def forward(self, pieces: Tensor, found: FrameBatch) -> Tensor:
        """Scores [t, m] of the candidates of some frames."""
        trigger = self.trigger(torch.cat([pieces[found.first], pieces[found.last]], -1))
        of_pieces = _met(trigger, self.piece(pieces)).gather(1, found.index)
        of_distances = _met(trigger, self.distance.weight).gather(1, found.distance)
        return of_pieces + of_distances + self.sentence(found.sentence)[..., 0]

    def load(self, screen: screening.Screen) -> None:
        """Take the weights of a screen."""
        for layer, whole in ((self.trigger, screen.trigger), (self.piece, screen.piece)):
            layer.weight.data, layer.bias.data = (
                torch.from_numpy(whole[:-1].T.copy()),
                torch.from_numpy(whole[-1]),
            )
        self.distance.weight.data = torch.from_numpy(screen.distance)
        self.sentence.weight.data = torch.from_numpy(screen.sentence[:, None])

    def screen(self) -> screening.Screen:
        """As the reader takes it."""
        parts = (
            torch.cat([self.trigger.weight.T, self.trigger.bias[None]]),
            torch.cat([self.piece.weight.T, self.piece.bias[None]]),
            self.distance.weight,
            self.sentence.weight[:, 0],
            torch.tensor([LEAST]),
        )
        return screening.Screen(*(part.detach().numpy().copy() for part in parts))


def _met(trigger: Tensor, others: Tensor) -> Tensor:
    return trigger @ others[:, :-1].T + others[:, -1]


class Texts:
    """Texts of three kinds, with the vectors of their pieces by the encoder as it is: the annotated articles,
    PolNeAR, and ``TAUGHT`` that nobody annotated, with the frames that the reader finds in them."""

    def __init__(self, data: Path, encoder: Encoder) -> None:
        self._worker = encoder.worker
        articles = corpora.record(data, "train", encoder.worker)
        articles += corpora.documents(annotated.articles(data), encoder.worker)
        quoted = corpora.attribution(data, "train", encoder.worker)
        others = [unlabelled(text, encoder) for text in islice(corpora.unannotated(data), 0, None, EACH)]
        self._corpora = [[d for d in corpus if d.events or d.cues] for corpus in (articles, quoted, others)]
        self._vectors = {
            id(d): torch.from_numpy(encoder.encode(d.pieces).vectors).half()
            for corpus in self._corpora
            for d in corpus
        }

    def dealt(self, size: int, epochs: int, rng: random.Random) -> list[list[Document]]:
        """Lists of documents of about ``size`` pieces for some passes, the corpora mixed in each."""
        out: list[list[Document]] = []
        for _ in range(epochs):
            batches = [batch for corpus in self._corpora for batch in deal(corpus, size, rng)]
            out += rng.sample(batches, len(batches))
        return out

    def batch(self, documents: Sequence[Document]) -> tuple[Tensor, Batch, bool]:
        """The pieces of some documents [n, width], their labels, and whether these are anybody's."""
        pieces = torch.cat([self._vectors[id(d)] for d in documents]).float()
        return pieces, collate(documents, self._worker, WINDOW), documents[0].corpus != TAUGHT


def unlabelled(text: str, encoder: Encoder) -> Document:
    """A text with the frames that the reader finds in it, of which nobody says what fills them."""
    pieces = encoder.worker.pieces(text, split(text, [(0, len(text))]))
    encoded = encoder.encode(pieces)
    events = [
        Event(
            _unfilled(f, len(ROLES)),
            text[slice(*spans.characters(pieces, f))].lower(),
            TYPES[f.kind],
            "",
            "actual",
            "",
            (),
        )
        for f in bio.decode(encoded.triggers, SURE)[:MOST]
    ]
    cues = [_unfilled(f, len(ATTRIBUTION_ROLES)) for f in bio.decode(encoded.cues, SURE)[:MOST]]
    return Document("", TAUGHT, pieces, events=events, cues=cues)


def _unfilled(trigger: bio.Found, roles: int) -> Frame:
    nothing: list[list[Range]] = [[] for _ in range(roles)]
    return Frame((trigger.start, trigger.end), nothing, nothing)


# ---- losses


def said(network: Network, pieces: Tensor, batch: Batch) -> Batch:
    """A batch with what a network's heads say of all candidates in place of its labels."""
    parts: dict[str, Any] = {}
    if (quoted := batch.attributions) is not None:
        vectors = network.attributions.vector(pieces, quoted.first, quoted.last)
        logits, _ = network.attributions(pieces, vectors, *laid(quoted))
        parts["attributions"] = replace(quoted, labels=logits.softmax(-1))
    if (told := batch.events) is not None:
        vectors = network.events.vector(pieces, told.first, told.last)
        logits, strongest = network.events(pieces, vectors, *laid(told))
        whole = torch.cat([vectors, strongest], -1)
        parts["events"] = replace(told, labels=logits.softmax(-1))
        parts["status"], parts["mode"] = network.status(whole).softmax(-1), network.mode(whole).softmax(-1)
    return replace(batch, **parts)


def mixed(gold: Batch, other: Batch, share: float) -> Batch:
    """A batch with labels that are gold to a share, and another's for the rest and where gold is silent."""
    parts: dict[str, Any] = {}
    for kind in screening.HEADS:
        if (own := getattr(gold, kind)) is not None:
            parts[kind] = replace(own, labels=_mixed(own.labels, getattr(other, kind).labels, share))
    if gold.events is not None and gold.status is not None and gold.mode is not None:
        parts["status"] = _mixed(gold.status, other.status, share)
        parts["mode"] = _mixed(gold.mode, other.mode, share)
    return replace(gold, **parts)


def _mixed(labels: Tensor, chances: Tensor, share: float) -> Tensor:
    known = labels != IGNORE
    told = F.one_hot(labels.masked_fill(~known, 0), chances.shape[-1])
    each = share * known[..., None]
    return each * told + (1 - each) * chances


def screen_loss(before: Network, screens: nn.ModuleDict, pieces: Tensor, batch: Batch, _: bool) -> Tensor:
    """Cross-entropy of the screens with the greatest chance that the head fills any role with a candidate."""
    total, told = torch.zeros(()), said(before, pieces, batch)
    for kind in screening.HEADS:
        if (found := getattr(told, kind)) is not None:
            fills = 1 - found.labels[..., 0].amin(-1)
            known = found.distance != NOTHING
            scores = screens[kind](pieces, found)[known]
            total = total + F.binary_cross_entropy_with_logits(scores, fills[known].clamp(0, 1))
    return total


def head_loss(
    before: Network,
    screens: nn.ModuleDict,
    gold: float,
    network: Network,
    pieces: Tensor,
    batch: Batch,
    annotated: bool,
) -> Tensor:
    """The losses of the heads on what passes the screens, by gold and by the heads before."""
    told = mixed(batch, said(before, pieces, batch), gold * annotated)
    passed = {
        kind: passing(screens[kind], pieces, found)
        for kind in screening.HEADS
        if (found := getattr(told, kind)) is not None
    }
    losses = frame_losses(network, pieces, replace(told, **passed, pairs=None))
    return sum((WEIGHTS[name] * value for name, value in losses.items()), torch.zeros(()))


def passing(screen: nn.Module, pieces: Tensor, found: FrameBatch) -> FrameBatch:
    """Frames with those candidates alone that pass, and the triggers themselves."""
    passes = ((screen(pieces, found) >= LEAST) | (found.distance == 0)) & (found.distance != NOTHING)
    order = (~passes).to(torch.uint8).argsort(dim=1, stable=True)[:, : int(passes.sum(1).max())]
    kept = passes.gather(1, order)
    index, distance, sentence = (each.gather(1, order) for each in laid(found))
    labels = found.labels[torch.arange(len(order))[:, None], order] * kept[..., None, None]
    distance = distance.masked_fill(~kept, NOTHING)
    return FrameBatch(found.first, found.last, index, distance, sentence, labels)


# ---- loop


def learn(
    module: Module,
    texts: Texts,
    planned: Sequence[list[Document]],
    rate: float,
    loss: Callable[[Module, Tensor, Batch, bool], Tensor],
) -> Module:
    """Train a module step by step; returns it with its weights averaged over about the last tenth of them."""
    keeps = 1 - 1 / max(len(planned) / 50, 2)
    averaged = torch.optim.swa_utils.get_ema_multi_avg_fn(keeps)
    average = torch.optim.swa_utils.AveragedModel(module, multi_avg_fn=averaged)
    learning = [p for p in module.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
    course = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: schedule(s / len(planned)))
    started, seen = time.monotonic(), list[float]()
    for step, documents in enumerate(planned, 1):
        value = loss(module, *texts.batch(documents))
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        course.step()
        if step % 5 == 0:
            average.update_parameters(module)
        seen.append(value.item())
        if step % 200 == 0 or step == len(planned):
            seconds = time.monotonic() - started
            print(f"{step} of {len(planned)}, {seconds:.0f} s: {sum(seen) / len(seen):.4f}", flush=True)
            seen.clear()
    return average.module.requires_grad_(False).eval()  # type: ignore[return-value]


HELP = {
    "screen_epochs": "passes over the texts for the screens",
    "epochs": "passes for the heads",
    "rate": "highest learning rate of the heads",
    "gold": "the share of gold in what the heads learn",
    "size": "word pieces a batch",
    "seed": "another order of the texts",
}


@dataclass(frozen=True)
class Options:
    """How the heads are trained, as ``HELP`` says."""

    screen_epochs: int = 2
    epochs: int = 3
    rate: float = 3e-4
    gold: float = 0.25
    size: int = 1000
    seed: int = 7


def heads(
    data: Path, run: Path, model: Path, out: Path, options: Options = Options(), teacher: Path | None = None
) -> None:
    """Train the frame heads of a run on, behind screens, and write all weights and the screens.

    A run that has screens keeps them; the heads before, which saw all candidates, are its ``teacher``'s.
    """
    torch.set_flush_denormal(True)  # vanishing gradients are slow on a CPU
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    before, network = Network(), Network()
    before.load_state_dict(load_file((teacher or run) / "weights.safetensors"))
    before.eval().requires_grad_(False)
    network.load_state_dict(load_file(run / "weights.safetensors"))
    texts = Texts(data, Encoder(model))
    screens = nn.ModuleDict({kind: Screening() for kind in screening.HEADS})
    if (run / "screens.npz").exists():
        for name, screen in screening.load(run / "screens.npz").items():
            screens[name].load(screen)
        screens.requires_grad_(False).eval()
    else:
        planned = texts.dealt(options.size, options.screen_epochs, rng)
        screens = learn(screens, texts, planned, RATE, partial(screen_loss, before))
    network.requires_grad_(False).train()
    for name in TRAINED:
        getattr(network, name).requires_grad_(True)
    planned = texts.dealt(options.size, options.epochs, rng)
    network = learn(network, texts, planned, options.rate, partial(head_loss, before, screens, options.gold))
    out.mkdir(parents=True, exist_ok=True)
    told = asdict(options) | {"run": str(run), "model": str(model), "teacher": str(teacher or run)}
    (out / "options.json").write_text(json.dumps(told, indent=1))
    save(network, out)
    screening.save(out / "screens.npz", {kind: screens[kind].screen() for kind in screening.HEADS})


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--run", type=Path, required=True, help="the run whose heads go on")
    parser.add_argument("--model", type=Path, required=True, help="the folder that the run was exported to")
    parser.add_argument("--out", type=Path, required=True)
    for each in fields(Options):
        name = "--" + each.name.replace("_", "-")
        parser.add_argument(name, type=type(each.default), default=each.default, help=HELP[each.name])
    parser.add_argument("--teacher", type=Path, help="for a run that has screens, the run before it had any")
    given = vars(parser.parse_args())
    data, run, model, out, teacher = (given.pop(n) for n in ("data", "run", "model", "out", "teacher"))
    heads(data, run, model, out, Options(**given), teacher)


if __name__ == "__main__":
    main()
