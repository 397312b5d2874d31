#!/usr/bin/env python3
"""Training an encoder-decoder Transformer: `heed bench train` against PyTorch's nn.Transformer, the same text, ids and shape, in turn.

Counted are target ids that are not padding, the end of the sequence among them, per second of forward, backward and Adam; and the most
memory a process held. Peer: `apt install python3-torch libopenblas0-pthread`, or `pip install torch`.
"""
import json
import pathlib
import random
import resource
import statistics
import tempfile
import time

import comparison

# What `heed bench train` does, so that the peer does it too.
DROPOUT, SMOOTHING, GREATEST_NORM, BETAS, POOL = 0.3, 0.1, 1.0, (0.9, 0.98), 10_000
SHAPE = ("width", "ffn", "heads", "layers", "vocabulary", "tokens")


def pairs_of(source, target):
    """Pairs of lists of ids, from files that hold a line of ids a sentence; pairs with an empty side teach nothing."""
    lines = [[list(map(int, line.split())) for line in pathlib.Path(file).read_text().splitlines()] for file in (source, target)]
    pairs = [pair for pair in zip(*lines) if all(pair)]
    if not pairs:
        comparison.stop("the text has no pair of sentences with words on both sides.")
    return pairs


def batches(pairs, tokens):
    """Batches of at most so many target ids, neighbours of like length, without end, from shuffled pools as Heed has them."""
    while True:
        random.shuffle(pairs)
        epoch = []
        for start in range(0, len(pairs), POOL):
            batch, size = [], 0
            for pair in sorted(pairs[start:start + POOL], key=lambda pair: (len(pair[1]), len(pair[0]))):
                if batch and size + len(pair[1]) + 1 > tokens:
                    epoch.append(batch)
                    batch, size = [], 0
                batch.append(pair)
                size += len(pair[1]) + 1
            epoch.append(batch)
        random.shuffle(epoch)
        yield from epoch


def model_of(torch, shape, ids, longest):
    """Pre-norm, sinusoidal positions, one matrix of so many ids for both embeddings and the output."""
    nn = torch.nn

    class Translator(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = nn.Embedding(ids, shape["width"])
            nn.init.normal_(self.embedding.weight, std=shape["width"] ** -0.5)
            self.body = nn.Transformer(shape["width"], shape["heads"], shape["layers"], shape["layers"], shape["ffn"], DROPOUT,
                                       batch_first=True, norm_first=True)
            for block in [*self.body.encoder.layers, *self.body.decoder.layers]:
                # Dropout of weights and of the hidden layer is off: Heed's benchmark has none there.
                block.dropout.p = block.self_attn.dropout = 0.0
                if hasattr(block, "multihead_attn"):
                    block.multihead_attn.dropout = 0.0
            place = torch.arange(float(longest))[:, None] * 10_000 ** (-torch.arange(0.0, shape["width"], 2) / shape["width"])
            self.register_buffer("places", torch.cat([place.sin(), place.cos()], 1)[:, : shape["width"]])

        def embed(self, ids):
            rows = self.embedding(ids) * shape["width"] ** 0.5 + self.places[: ids.shape[1]]
            return nn.functional.dropout(rows, DROPOUT)

        def forward(self, source, target, padding):
            length = target.shape[1]
            future = torch.ones(length, length, dtype=torch.bool).triu(1)
            hidden, absent = source == padding, target == padding
            rows = self.body(self.embed(source), self.embed(target), tgt_mask=future, src_key_padding_mask=hidden,
                             tgt_key_padding_mask=absent, memory_key_padding_mask=hidden)
            return rows @ self.embedding.weight.T

    return Translator()


def play_peer(settings):
    """Trains a few steps and prints the median of target ids a second and the most memory."""
    torch = comparison.torch()
    torch.set_num_threads(settings["threads"])
    torch.manual_seed(1)
    random.seed(1)
    shape = settings["shape"]
    pairs = pairs_of(settings["source"], settings["target"])
    # Padding, begin and end come after the ids of the text.
    padding = 1 + max(max(sentence) for pair in pairs for sentence in pair)
    begin, end = padding + 1, padding + 2
    model = model_of(torch, shape, end + 1, 1 + max(len(sentence) for pair in pairs for sentence in pair))
    optimizer = torch.optim.Adam(model.parameters(), 1e-3, betas=BETAS)
    loss = torch.nn.CrossEntropyLoss(ignore_index=padding, label_smoothing=SMOOTHING)
    rates = []

    def padded(rows):
        longest = max(map(len, rows))
        return torch.tensor([row + [padding] * (longest - len(row)) for row in rows])

    for batch in batches(pairs, shape["tokens"]):
        source = padded([s + [end] for s, _ in batch])
        given, due = padded([[begin] + t for _, t in batch]), padded([t + [end] for _, t in batch])
        start = time.perf_counter()
        loss(model(source, given, padding).flatten(0, 1), due.flatten()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), GREATEST_NORM)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        rates.append(sum(len(t) + 1 for _, t in batch) / (time.perf_counter() - start))
        if len(rates) == settings["warmup"] + settings["steps"]:
            break
    print(json.dumps({"rate": statistics.median(rates[settings["warmup"]:]), "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


def heed(given):
    shape = [text for name in SHAPE for text in (f"--{name}", getattr(given, name))]
    found = comparison.heed("bench", "train", "--source", given.source, "--target", given.target, *shape, "--steps", given.steps,
                            "--threads", given.threads, "--json", threads=given.threads)
    return {"rate": found["targetTokensPerSecond"], "peak": found["peakBytes"]}


def encoded(given, folder):
    """The text as ids of the tokenizer that `heed bench train` learns from it, in two files."""
    tokenizer, files = folder / "tokenizer.json", []
    comparison.heed("tokenizer", "train", "--input", given.source, given.target, "--vocabulary", given.vocabulary, "--output", tokenizer)
    for side in ("source", "target"):
        files.append(folder / side)
        comparison.heed("tokenizer", "encode", tokenizer, "--input", getattr(given, side), "--output", files[-1])
    return files


def arguments():
    parser = comparison.options(__doc__, rounds=3)
    parser.add_argument("--source", required=True, help="one sentence a line")
    parser.add_argument("--target", required=True, help="their translations")
    for name, usual in zip(SHAPE, (128, 256, 4, 4, 10_000, 4096)):
        parser.add_argument(f"--{name}", type=comparison.natural, default=usual, help="as of 'heed bench train'")
    parser.add_argument("--steps", type=comparison.natural, default=10, help="steps that count")
    parser.add_argument("--warmup", type=comparison.natural, default=3, help="steps of the peer that do not; Heed's are 5")
    parser.add_argument("--threads", type=comparison.natural, default=2, help="Heed's threads")
    parser.add_argument("--peer-threads", type=comparison.naturals, default=[1, 2], help="those the peer is tried with")
    given = parser.parse_args()
    for file in (given.source, given.target):
        if not pathlib.Path(file).is_file():
            comparison.stop(f"there is no file '{file}'.")
    return given


def main():
    given = arguments()
    version = comparison.torch().__version__
    shape = {name: getattr(given, name) for name in SHAPE}
    with tempfile.TemporaryDirectory() as folder:
        source, target = encoded(given, pathlib.Path(folder))

        def pytorch(threads):
            settings = {"shape": shape, "steps": given.steps, "warmup": given.warmup, "threads": threads, "source": str(source), "target": str(target)}
            return comparison.peer(json.dumps(settings), threads=threads)

        names = {f"PyTorch {version}, {count} thread{'s' * (count > 1)}": count for count in given.peer_threads}
        contestants = {"Heed": lambda: heed(given)} | {name: lambda count=count: pytorch(count) for name, count in names.items()}
        same = ["train", shape, given.steps, given.warmup, given.threads, str(given.source), str(given.target)]
        found, loads = comparison.in_turn(contestants, given.rounds, same, given.log)
    tell(found, list(contestants), loads, given)


def tell(found, contestants, loads, given):
    measured = {name: (found["rate", name], [figure / 2**20 for figure in found["peak", name]]) for name in contestants}
    ours = measured["Heed"]
    rows = [[f"Heed, {given.threads} thread{'s' * (given.threads > 1)}" if name == "Heed" else name, comparison.cell(rates), comparison.ratio(ours[0], rates),
             comparison.cell(peaks), comparison.ratio(ours[1], peaks)] for name, (rates, peaks) in measured.items()]
    shape = ", ".join(f"{name} {getattr(given, name):,}" for name in SHAPE)
    comparison.report(["", "target ids a second", "Heed's speed ÷ this", "most memory, MiB", "Heed's memory ÷ this"], rows, loads,
                      [f"{shape}; {given.steps} steps that count.", "The peer's figure is the better of its thread counts."])


if __name__ == "__main__":
    playing = comparison.role()
    main() if playing is None else play_peer(json.loads(playing[0]))
