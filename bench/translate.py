#!/usr/bin/env python3
"""Translating with an encoder-decoder Transformer: `heed bench translate` against CTranslate2, the same shape, source ids and lengths, in turn.

Counted are target ids a second, after loading and a translation that does not count; every translation has the same number of ids, so that
weights need no training. Peer: `python3 -m pip install ctranslate2`, in float32.
"""
import argparse
import json
import pathlib
import statistics
import tempfile
import time

import comparison

REPETITIONS = 3
UNKNOWN, BEGIN, END = "<unk>", "<s>", "</s>"
# What the peer's model here can be: the base model of Vaswani et al. 2017, of any size, post- or pre-norm.
WANTED = {("feedForward", "kind"): "relu", ("positions", "kind"): "sinusoidal", ("norm", "kind"): "layer", ("tying",): "all"}


def ctranslate2():
    """The module, or a sentence that says how to get it."""
    try:
        import ctranslate2 as module
    except ImportError:
        comparison.stop("this Python has no CTranslate2: 'python3 -m pip install ctranslate2'.")
    return module


def shape_of(model):
    """The shape in a Heed model's config.json."""
    file = pathlib.Path(model) / "config.json"
    if not file.is_file():
        comparison.stop(f"there is no '{file}'. 'heed init recipes/base-en-de.yaml --out DIR' writes a model; see --help of it.")
    shape = json.loads(file.read_text()).get("transformer", {})
    for path, wanted in WANTED.items():
        found = shape
        for key in path:
            found = found.get(key, {})
        if found != wanted:
            comparison.stop(f"'{'.'.join(path)}' of {file} is {json.dumps(found)}; the peer's model is written for \"{wanted}\".")
    if shape["order"] not in ("pre", "post"):
        comparison.stop(f"'order' of {file} is \"{shape['order']}\"; the peer's model is written for \"pre\" and \"post\".")
    return shape


def write_model(module, shape, folder):
    """A model of that shape with drawn weights; three ids more than Heed's, for what is no piece of text."""
    import numpy

    draw = numpy.random.default_rng(1)
    width, hidden, ids = shape["width"], shape["feedForward"]["width"], shape["targetVocabulary"] + 3

    def weights(rows, columns):
        return draw.standard_normal((rows, columns), dtype=numpy.float32) * numpy.float32(0.02)

    def fill_linear(layer, outputs, inputs):
        layer.weight, layer.bias = weights(outputs, inputs), numpy.zeros(outputs, numpy.float32)

    def fill_norm(layer):
        layer.gamma, layer.beta = numpy.ones(width, numpy.float32), numpy.zeros(width, numpy.float32)

    def fill_attention(layer, blocks):
        fill_norm(layer.layer_norm)
        for linear, count in zip(layer.linear, blocks):
            fill_linear(linear, count * width, width)

    spec = module.specs.TransformerSpec.from_config((shape["encoderLayers"], shape["decoderLayers"]), shape["heads"], pre_norm=shape["order"] == "pre")
    embedding = weights(ids, width)
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = spec.decoder.projection.weight = embedding
    for stack in (spec.encoder, spec.decoder):
        if shape["order"] == "pre":
            fill_norm(stack.layer_norm)
        for block in stack.layer:
            # Queries, keys and values of self-attention are one matrix, keys and values of the other attention another.
            fill_attention(block.self_attention, (3, 1))
            if stack is spec.decoder:
                fill_attention(block.attention, (1, 2, 1))
            fill_norm(block.ffn.layer_norm)
            fill_linear(block.ffn.linear_0, hidden, width)
            fill_linear(block.ffn.linear_1, width, hidden)
    vocabulary = [str(id) for id in range(ids - 3)] + [UNKNOWN, BEGIN, END]
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize()
    spec.save(str(folder))


def play_peer(settings):
    """Prints target ids a second for every way of searching."""
    module = ctranslate2()
    sentences = [line.split() + [END] for line in pathlib.Path(settings["ids"]).read_text().splitlines()[:settings["lines"]]]
    length, figures = settings["length"], {}
    with tempfile.TemporaryDirectory() as folder:
        write_model(module, settings["shape"], folder)
        translator = module.Translator(folder, device="cpu", compute_type="float32", inter_threads=1, intra_threads=settings["threads"])
        for beam, batch in settings["searches"]:
            rates = []
            for _ in range(REPETITIONS + 1):
                start = time.perf_counter()
                results = translator.translate_batch(sentences, beam_size=beam, max_batch_size=batch, min_decoding_length=length, max_decoding_length=length)
                seconds = time.perf_counter() - start
                found = {len(result.hypotheses[0]) for result in results}
                if found != {length}:
                    comparison.stop(f"CTranslate2 gave translations of {sorted(found)} ids where {length} were asked for.")
                rates.append(length * len(results) / seconds)
            figures[name_of(beam, batch)] = statistics.median(rates[1:])
    print(json.dumps({"version": module.__version__, "figures": figures}))


def name_of(beam, batch):
    return ("greedy" if beam == 1 else f"beam {beam}") + f", {batch} a batch"


def heed(given):
    return {name_of(beam, batch): comparison.heed("bench", "translate", given.model, "--source", given.source, "--beam", beam, "--batch", batch, "--lines", given.lines,
                                                  "--forced-length", given.length, "--threads", given.threads, "--json", threads=given.threads)["targetTokensPerSecond"]
            for beam, batch in given.searches}


def searches(text):
    """An argument like 1:32,4:32: beams and sentences a batch."""
    pairs = [pair.split(":") for pair in text.split(",")]
    for pair in pairs:
        if len(pair) != 2:
            raise argparse.ArgumentTypeError(f"'{':'.join(pair)}' is no beam:sentences; 1:32,4:32 are greedy and beam 4, 32 sentences a batch")
    return [tuple(map(comparison.natural, pair)) for pair in pairs]


def arguments():
    parser = comparison.options(__doc__, rounds=3)
    parser.add_argument("--model", required=True, help="a model directory, as 'heed init recipes/base-en-de.yaml' writes it")
    parser.add_argument("--source", required=True, help="one sentence a line")
    parser.add_argument("--lines", type=comparison.natural, default=64, help="only the first so many")
    parser.add_argument("--length", type=comparison.natural, default=26, help="ids of every translation, Heed's end counted")
    parser.add_argument("--searches", type=searches, default=[(1, 32), (4, 32), (1, 1)], help="beam:sentences a batch, with commas between")
    parser.add_argument("--threads", type=comparison.natural, default=1, help="those of both")
    given = parser.parse_args()
    if not pathlib.Path(given.source).is_file():
        comparison.stop(f"there is no file '{given.source}'.")
    return given


def main():
    given = arguments()
    ctranslate2()
    shape, version = shape_of(given.model), ""
    with tempfile.TemporaryDirectory() as folder:
        ids = pathlib.Path(folder) / "ids"
        comparison.heed("tokenizer", "encode", given.model, "--input", given.source, "--output", ids)
        settings = {"shape": shape, "ids": str(ids), "lines": given.lines, "length": given.length, "searches": given.searches, "threads": given.threads}

        def theirs():
            nonlocal version
            found = comparison.peer(json.dumps(settings), threads=given.threads)
            version = found["version"]
            return found["figures"]

        same = ["translate", shape, given.lines, given.length, given.searches, given.threads, str(given.source)]
        found, loads = comparison.in_turn({"heed": lambda: heed(given), "ctranslate2": theirs}, given.rounds, same, given.log)
    rows = []
    for name in (name_of(*search) for search in given.searches):
        ours, peers = found[name, "heed"], found[name, "ctranslate2"]
        rows.append([name, comparison.cell(ours), comparison.cell(peers), comparison.ratio(ours, peers)])
    layers = f"{shape['encoderLayers']} + {shape['decoderLayers']} layers, {shape['width']}/{shape['feedForward']['width']}, {shape['heads']} heads, {shape['targetVocabulary']:,} ids"
    comparison.report(["", "Heed, target ids a second", "CTranslate2", "Heed ÷ CTranslate2"], rows, loads,
                      [f"{layers}; {given.lines} sentences, {given.length} target ids each, {given.threads} thread{'s' * (given.threads > 1)}; CTranslate2 {version}, float32."])


if __name__ == "__main__":
    playing = comparison.role()
    main() if playing is None else play_peer(json.loads(playing[0]))
