#!/usr/bin/env python3
"""Recurrent layers: `heed bench recurrent` against PyTorch's nn.LSTM or nn.GRU over the same batches, in turn.

A batch is so many lines of a text, in their order, each a sequence of as many rows as it has words. Counted are rows per second of
forward and backward, by inputs and parameters; the peer reads packed sequences, as its users do. Peer: `apt install python3-torch
libopenblas0-pthread`, or `pip install torch`.
"""
import json
import pathlib
import statistics
import time

import comparison

MOST_BATCHES = 64  # As `heed bench recurrent` has them.


def play_peer(settings):
    """Runs the layers over the batches and prints the median of rows a second."""
    torch = comparison.torch()
    torch.set_num_threads(settings["threads"])
    torch.manual_seed(1)
    layer = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[settings["cell"]]
    width, sentences = settings["width"], settings["sentences"]
    layers = layer(width, width, settings["layers"], batch_first=True, bidirectional=settings["bidirectional"])
    lengths = [len(line.split()) for line in pathlib.Path(settings["text"]).read_text().splitlines()]
    batches = []
    for start in range(0, min(len(lengths), MOST_BATCHES * sentences), sentences):
        # The peer refuses a sequence without rows.
        own = [length for length in lengths[start:start + sentences] if length]
        rows = torch.randn(len(own), max(own), width, requires_grad=True)
        batches.append((rows, torch.tensor(own)))
    rates = []
    for step in range(settings["warmup"] + settings["steps"]):
        rows, own = batches[step % len(batches)]
        start = time.perf_counter()
        layers.zero_grad(set_to_none=True)
        rows.grad = None
        packed = torch.nn.utils.rnn.pack_padded_sequence(rows, own, batch_first=True, enforce_sorted=False)
        made = layers(packed)[0].data
        made.backward(torch.ones_like(made))
        rates.append(int(own.sum()) / (time.perf_counter() - start))
    print(json.dumps({"rate": statistics.median(rates[settings["warmup"]:])}))


def heed(given):
    sizes = [text for name in ("cell", "width", "layers", "sentences", "steps", "threads") for text in (f"--{name}", getattr(given, name))]
    both = ["--bidirectional"] if given.bidirectional else []
    found = comparison.heed("bench", "recurrent", "--text", given.text, *sizes, *both, "--json", threads=given.threads)
    return {"rate": found["rowsPerSecond"]}


def arguments():
    parser = comparison.options(__doc__, rounds=3)
    parser.add_argument("--text", required=True, help="one sentence a line")
    parser.add_argument("--cell", choices=("lstm", "gru"), default="lstm", help="as of 'heed bench recurrent'")
    parser.add_argument("--bidirectional", action="store_true", help="as of 'heed bench recurrent'")
    for name, usual in (("width", 256), ("layers", 2), ("sentences", 128)):
        parser.add_argument(f"--{name}", type=comparison.natural, default=usual, help="as of 'heed bench recurrent'")
    parser.add_argument("--steps", type=comparison.natural, default=40, help="batches that count")
    parser.add_argument("--warmup", type=comparison.natural, default=5, help="batches of the peer that do not; Heed's are 5")
    parser.add_argument("--threads", type=comparison.natural, default=2, help="Heed's threads")
    parser.add_argument("--peer-threads", type=comparison.naturals, default=[1, 2], help="those the peer is tried with")
    given = parser.parse_args()
    if not pathlib.Path(given.text).is_file():
        comparison.stop(f"there is no file '{given.text}'.")
    return given


def main():
    given = arguments()
    version = comparison.torch().__version__
    settings = {name: getattr(given, name) for name in ("text", "cell", "bidirectional", "width", "layers", "sentences", "steps", "warmup")}

    def pytorch(threads):
        return comparison.peer(json.dumps(settings | {"threads": threads}), threads=threads)

    names = {f"PyTorch {version}, {count} thread{'s' * (count > 1)}": count for count in given.peer_threads}
    contestants = {"Heed": lambda: heed(given)} | {name: lambda count=count: pytorch(count) for name, count in names.items()}
    found, loads = comparison.in_turn(contestants, given.rounds, ["recurrent", settings, given.threads], given.log)
    ours = found["rate", "Heed"]
    rows = [[f"Heed, {given.threads} thread{'s' * (given.threads > 1)}" if name == "Heed" else name, comparison.cell(found["rate", name]),
             comparison.ratio(ours, found["rate", name])] for name in contestants]
    comparison.report(["", "rows a second", "Heed's speed ÷ this"], rows, loads,
                      [f"{given.cell}, width {given.width}, {given.layers} layers{', both directions' * given.bidirectional}, {given.sentences} sentences a batch; "
                       f"{given.steps} batches that count.", "The peer's figure is the better of its thread counts."])


if __name__ == "__main__":
    playing = comparison.role()
    main() if playing is None else play_peer(json.loads(playing[0]))
