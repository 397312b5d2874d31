#!/usr/bin/env python3
"""A language model of characters: `heed train recipes/tinyshakespeare.yaml` against the same model in PyTorch, eager, the same steps in turn.

Counted are the seconds that the steps took, measuring and saving left out, and the loss of a character of the last tenth of the text, in
nats, after the last step. Peer: `apt install python3-torch libopenblas0-pthread`, or `pip install torch`.
"""
import gzip
import json
import math
import pathlib
import subprocess
import tempfile
import time

import comparison

# What the recipe says, so that the peer does it too.
CONTEXT, LAYERS, HEADS, WIDTH, BATCH, HELD = 64, 4, 4, 128, 12, 0.1
PEAK, FLOOR, WARMUP, BETAS, DECAY, GREATEST_NORM = 3e-3, 1e-4, 100, (0.9, 0.99), 0.1, 1.0


def text_of(file):
    """A text, plain or gzip."""
    data = pathlib.Path(file).read_bytes()
    return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")


def model_of(torch, characters):
    """GPT-2's shape: norm first, GELU, learned positions, one matrix for embedding and output, no dropout."""
    nn = torch.nn

    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
            self.heads, self.output = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
            self.feed = nn.Sequential(nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(), nn.Linear(4 * WIDTH, WIDTH))

        def forward(self, x, future):
            count, length, _ = x.shape
            q, k, v = (part.view(count, length, HEADS, WIDTH // HEADS).transpose(1, 2) for part in self.heads(self.first(x)).split(WIDTH, 2))
            scores = (q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS)).masked_fill(future[:length, :length], -math.inf)
            x = x + self.output((scores.softmax(3) @ v).transpose(1, 2).reshape(count, length, WIDTH))
            return x + self.feed(self.second(x))

    class Writer(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding, self.places = nn.Embedding(characters, WIDTH), nn.Embedding(CONTEXT, WIDTH)
            self.blocks, self.end = nn.ModuleList(Block() for _ in range(LAYERS)), nn.LayerNorm(WIDTH)
            for name, weight in self.named_parameters():
                if weight.dim() == 2:
                    nn.init.normal_(weight, std=0.02 / math.sqrt(2 * LAYERS) if name.endswith(("output.weight", "feed.2.weight")) else 0.02)
                elif name.endswith("bias"):
                    nn.init.zeros_(weight)
            self.register_buffer("future", torch.ones(CONTEXT, CONTEXT, dtype=torch.bool).triu(1))

        def forward(self, ids):
            x = self.embedding(ids) + self.places.weight[: ids.shape[1]]
            for block in self.blocks:
                x = block(x, self.future)
            return self.end(x) @ self.embedding.weight.T

    return Writer()


def rate(step, steps):
    """The recipe's schedule: up in a straight line, down in a cosine."""
    if step < WARMUP:
        return PEAK * step / WARMUP
    share = (step - WARMUP) / max(1, steps - WARMUP)
    return FLOOR + (PEAK - FLOOR) * (1 + math.cos(math.pi * share)) / 2


def play_peer(settings):
    """Trains the steps and prints their seconds and the loss that is left."""
    torch = comparison.torch()
    torch.set_num_threads(settings["threads"])
    torch.manual_seed(1)
    text = text_of(settings["text"])
    known = {character: place for place, character in enumerate(sorted(set(text)))}
    ids = torch.tensor([known[character] for character in text])
    cut = int(len(ids) * (1 - HELD))
    train, held = ids[:cut], ids[cut:]
    model, loss = model_of(torch, len(known)), torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.AdamW(model.parameters(), PEAK, betas=BETAS, weight_decay=DECAY)
    seconds = 0.0
    for step in range(1, settings["steps"] + 1):
        start = time.perf_counter()
        places = torch.randint(len(train) - CONTEXT, (BATCH,))
        given = torch.stack([train[place:place + CONTEXT] for place in places])
        due = torch.stack([train[place + 1:place + CONTEXT + 1] for place in places])
        for group in optimizer.param_groups:
            group["lr"] = rate(step, settings["steps"])
        loss(model(given).flatten(0, 1), due.flatten()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), GREATEST_NORM)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        seconds += time.perf_counter() - start
    with torch.no_grad():
        windows = (len(held) - 1) // CONTEXT
        given, due = (held[shift:shift + windows * CONTEXT].view(windows, CONTEXT) for shift in (0, 1))
        found = sum(float(loss(model(g).flatten(0, 1), d.flatten())) * len(g) for g, d in zip(given.split(64), due.split(64))) / windows
    print(json.dumps({"seconds": seconds, "loss": found}))


def heed(given):
    """Trains the recipe and reads the seconds of its steps and the loss that is left from the run's own files."""
    with tempfile.TemporaryDirectory() as folder:
        run = pathlib.Path(folder) / "run"
        settings = {"data.train": given.text, "training.steps": given.steps, "validation.every": given.steps, "validation.samples": 0}
        subprocess.run(["dotnet", str(comparison.BUILT), "train", str(comparison.ROOT / "recipes/tinyshakespeare.yaml"), "--out", str(run),
                        "--threads", str(given.threads), *(part for key, value in settings.items() for part in ("--set", f"{key}={value}"))],
                       check=True, capture_output=True)
        pace = [json.loads(line) for line in (run / "pace.jsonl").read_text().splitlines()]
        measured = json.loads((run / "metrics.jsonl").read_text().splitlines()[-1])
        return {"seconds": pace[-1]["busy"], "loss": measured["validation"]["perCharacter"]}


def arguments():
    parser = comparison.options(__doc__, rounds=1)
    parser.add_argument("--text", default=str(comparison.ROOT / "data/tinyshakespeare/input.txt"), help="the text, plain or gzip")
    parser.add_argument("--steps", type=comparison.natural, default=2000, help="steps of each")
    parser.add_argument("--threads", type=comparison.natural, default=2, help="Heed's threads")
    parser.add_argument("--peer-threads", type=comparison.naturals, default=[1, 2], help="those the peer is tried with")
    given = parser.parse_args()
    if not pathlib.Path(given.text).is_file():
        comparison.stop(f"there is no file '{given.text}'. 'heed data get tinyshakespeare' fetches it.")
    if not comparison.BUILT.exists():
        comparison.stop("Heed is not built. Run 'dotnet build -c Release src/Heed.Cli' first.")
    return given


def main():
    given = arguments()
    version = comparison.torch().__version__
    names = {f"PyTorch {version}, {count} thread{'s' * (count > 1)}": count for count in given.peer_threads}

    def pytorch(threads):
        return comparison.peer(json.dumps({"text": given.text, "steps": given.steps, "threads": threads}), threads=threads)

    ours = f"Heed, {given.threads} thread{'s' * (given.threads > 1)}"
    contestants = {ours: lambda: heed(given)} | {name: lambda count=count: pytorch(count) for name, count in names.items()}
    found, loads = comparison.in_turn(contestants, given.rounds, ["tinyshakespeare", given.steps, given.threads], given.log)
    rows = [[name, comparison.cell(found["seconds", name], 1), comparison.ratio(found["seconds", name], found["seconds", ours]),
             comparison.cell(found["loss", name], 4)] for name in contestants]
    comparison.report(["", f"seconds of {given.steps:,} steps", "this ÷ Heed's", "loss of a character, nats"], rows, loads,
                      [f"4 layers, 4 heads, width 128, {BATCH} windows of {CONTEXT} characters."])


if __name__ == "__main__":
    playing = comparison.role()
    main() if playing is None else play_peer(json.loads(playing[0]))
