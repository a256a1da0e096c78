"""The attribution head's last training: a screen before it, and the head on what it lets through.

    python -m training.heads --data ../shared/data --run runs/one --model runs/one/model --out runs/heads

The encoder stays as it is, and the head learns from its vectors as int8 makes them: those of the files in
``--model``, which are of ``--run``. First a screen learns which candidates the run's head would fill a role
with (``dateline.read.screening``); then the head goes on with the candidates that pass, by gold and, for the
greater part, by what it said with all candidates before it: the encoder knows the annotated texts too well.
Ends with the weights of the whole network, and the screens beside them: ``training.export`` takes both.
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
from typing import TypeVar

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from dateline.ontology import ATTRIBUTION_ROLES
from dateline.read import bio, screening
from dateline.read.encoder import Encoder
from dateline.read.frames import DISTANCES, IGNORE, NOTHING, SENTENCES
from dateline.read.sentences import split
from dateline.read.tokens import WINDOW
from dateline.types import Range
from training import corpora
from training.batches import FrameBatch, collate, deal
from training.corpora import Document, Frame
from training.model import WIDTH, FrameHead, Network
from training.schedule import schedule
from training.train import frame_loss, laid, save

HEAD = "attributions"
SHORT = 64
"""Features of a screen's short vectors."""
LEAST = -7.0
"""The least score that passes."""
TAUGHT = "taught"
"""The corpus of texts that nobody annotated."""
EACH = 3
"""Of those texts one in so many is taken."""
SURE, MOST = 0.4, 48
"""How sure the reader must be of a cue in them, and how many of a text are taken."""
RATE = 2e-3
"""The highest learning rate of the screen."""

Module = TypeVar("Module", bound=nn.Module)
Loss = Callable[[Module, Tensor, FrameBatch, bool], Tensor]


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
    """PolNeAR, and texts that nobody annotated with the cues that the reader finds in them.

    With the vectors of their pieces by the encoder as it is.
    """

    def __init__(self, data: Path, encoder: Encoder) -> None:
        self._worker = encoder.worker
        quoted = corpora.attribution(data, "train", encoder.worker)
        others = [unlabelled(text, encoder) for text in islice(corpora.unannotated(data), 0, None, EACH)]
        self._corpora = [[d for d in corpus if d.cues] for corpus in (quoted, others)]
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

    def batch(self, documents: Sequence[Document]) -> tuple[Tensor, FrameBatch, bool]:
        """The pieces of some documents [n, width], their frames, and whether the labels are anybody's."""
        pieces = torch.cat([self._vectors[id(d)] for d in documents]).float()
        found = collate(documents, self._worker, WINDOW).attributions
        assert found is not None, "each document has a cue"
        return pieces, found, documents[0].corpus != TAUGHT


def unlabelled(text: str, encoder: Encoder) -> Document:
    """A text with the cues that the reader finds in it, of which nobody says what fills their frames."""
    pieces = encoder.worker.pieces(text, split(text, [(0, len(text))]))
    nothing: list[list[Range]] = [[] for _ in ATTRIBUTION_ROLES]
    cues = bio.decode(encoder.encode(pieces).cues, SURE)[:MOST]
    return Document("", TAUGHT, pieces, cues=[Frame((f.start, f.end), nothing, nothing) for f in cues])


# ---- losses


def said(head: FrameHead, pieces: Tensor, found: FrameBatch) -> Tensor:
    """Logits [t, m, roles, 3] of a head on some frames."""
    logits: Tensor = head(pieces, head.vector(pieces, found.first, found.last), *laid(found))[0]
    return logits


def screen_loss(before: FrameHead, screen: Screening, pieces: Tensor, found: FrameBatch, _: bool) -> Tensor:
    """Cross-entropy of a screen with the greatest chance that the head fills any role with a candidate."""
    fills = 1 - said(before, pieces, found).softmax(-1)[..., 0].amin(-1)
    known = found.distance != NOTHING
    return F.binary_cross_entropy_with_logits(screen(pieces, found)[known], fills[known].clamp(0, 1))


def head_loss(
    before: FrameHead,
    screen: Screening,
    gold: float,
    head: FrameHead,
    pieces: Tensor,
    found: FrameBatch,
    annotated: bool,
) -> Tensor:
    """The loss of a head on what passes the screen, by gold to a share and by the head before."""
    told = mixed(found.labels, said(before, pieces, found).softmax(-1), gold * annotated)
    passed = passing(screen, pieces, replace(found, labels=told))
    return frame_loss(said(head, pieces, passed), passed)


def mixed(labels: Tensor, chances: Tensor, share: float) -> Tensor:
    """Labels as chances: gold to a share, and another's for the rest and where gold is silent."""
    known = labels != IGNORE
    told = F.one_hot(labels.masked_fill(~known, 0), chances.shape[-1])
    each = share * known[..., None]
    return each * told + (1 - each) * chances


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
    loss: Loss[Module],
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
    "screen_epochs": "passes over the texts for the screen",
    "epochs": "passes for the head",
    "rate": "highest learning rate of the head",
    "gold": "the share of gold in what the head learns",
    "size": "word pieces a batch",
    "seed": "another order of the texts",
}


@dataclass(frozen=True)
class Options:
    """How the head is trained, as ``HELP`` says."""

    screen_epochs: int = 2
    epochs: int = 3
    rate: float = 3e-4
    gold: float = 0.25
    size: int = 1000
    seed: int = 7


def heads(data: Path, run: Path, model: Path, out: Path, options: Options = Options()) -> None:
    """Train the attribution head of a run on, behind a screen, and write all weights and the screen."""
    torch.set_flush_denormal(True)  # vanishing gradients are slow on a CPU
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    before, network = Network(), Network()
    for each in (before, network):
        each.load_state_dict(load_file(run / "weights.safetensors"))
        each.requires_grad_(False)
    head = before.get_submodule(HEAD).eval()
    texts = Texts(data, Encoder(model))
    planned = texts.dealt(options.size, options.screen_epochs, rng)
    screen = learn(Screening(), texts, planned, RATE, partial(screen_loss, head))
    planned = texts.dealt(options.size, options.epochs, rng)
    going_on = network.get_submodule(HEAD).requires_grad_(True).train()
    trained = learn(going_on, texts, planned, options.rate, partial(head_loss, head, screen, options.gold))
    going_on.load_state_dict(trained.state_dict())
    out.mkdir(parents=True, exist_ok=True)
    told = asdict(options) | {"run": str(run), "model": str(model)}
    (out / "options.json").write_text(json.dumps(told, indent=1))
    save(network, out)
    screening.save(out / "screens.npz", {HEAD: screen.screen()})


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--run", type=Path, required=True, help="the run whose head goes on")
    parser.add_argument("--model", type=Path, required=True, help="the folder that the run was exported to")
    parser.add_argument("--out", type=Path, required=True)
    for each in fields(Options):
        name = "--" + each.name.replace("_", "-")
        parser.add_argument(name, type=type(each.default), default=each.default, help=HELP[each.name])
    given = vars(parser.parse_args())
    data, run, model, out = (given.pop(name) for name in ("data", "run", "model", "out"))
    heads(data, run, model, out, Options(**given))


if __name__ == "__main__":
    main()
