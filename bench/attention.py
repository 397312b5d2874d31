#!/usr/bin/env python3
"""softmax(QKᵀ/√d + mask)V and its gradients: `heed bench attention` against the same equation in PyTorch, in turn. 8 heads of 64.

Peer: `apt install python3-torch libopenblas0-pthread`, or `pip install torch`.
"""
import json
import math
import statistics
import time

import comparison

HEADS, WIDTH = 8, 64
MEASUREMENTS, SECONDS_A_MEASUREMENT, SECONDS_OF_WARM_UP = 5, 0.2, 0.5
# What eager PyTorch holds at once: scores, weights and, backward, the gradients of both and a product.
SCORE_MATRICES = {"forward": 3, "forward+backward": 5}
PROBLEMS = [(mask, direction) for direction in SCORE_MATRICES for mask in ("full", "causal")]


def available_bytes():
    with open("/proc/meminfo", encoding="ascii") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("MemAvailable"))


def attend(torch, q, k, v, mask):
    q = q / math.sqrt(WIDTH)
    scores = torch.bmm(q, k.transpose(1, 2)) if mask is None else torch.baddbmm(mask, q, k.transpose(1, 2))
    return torch.bmm(torch.softmax(scores, -1), v)


def milliseconds(torch, rows, mask, direction):
    """Of one computation: the median of five measurements after a warm-up."""
    backward = direction == "forward+backward"
    q, k, v = (torch.randn(HEADS, rows, WIDTH, requires_grad=backward) for _ in range(3))
    hidden = torch.full((rows, rows), -math.inf).triu(1) if mask == "causal" else None
    gradient = torch.randn(HEADS, rows, WIDTH)

    def once():
        output = attend(torch, q, k, v, hidden)
        if backward:
            q.grad = k.grad = v.grad = None
            output.backward(gradient)

    with torch.set_grad_enabled(backward):
        warm = time.perf_counter() + SECONDS_OF_WARM_UP
        while time.perf_counter() < warm:
            start = time.perf_counter()
            once()
            seconds = time.perf_counter() - start
        times = max(1, int(SECONDS_A_MEASUREMENT / seconds))
        found = []
        for _ in range(MEASUREMENTS):
            start = time.perf_counter()
            for _ in range(times):
                once()
            found.append((time.perf_counter() - start) / times)
    return 1000 * statistics.median(found)


def name_of(rows, mask, direction):
    return f"{rows} {mask} {direction}"


def play_peer(rows, threads):
    torch = comparison.torch()
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    figures = {}
    for mask, direction in PROBLEMS:
        if 4 * HEADS * rows * rows * SCORE_MATRICES[direction] < available_bytes():
            figures[name_of(rows, mask, direction)] = milliseconds(torch, rows, mask, direction)
    print(json.dumps(figures))


def heed(rows, threads):
    figures = {}
    for result in comparison.heed("bench", "attention", "--rows", rows, "--threads", threads, "--json", threads=threads):
        name = name_of(rows, result["mask"], result["pass"])
        figures |= {name: result["microseconds"] / 1000, "% " + name: 100 * result["fractionOfPeak"]}
    return figures


def main():
    parser = comparison.options(__doc__, rounds=3)
    parser.add_argument("--rows", type=comparison.naturals, default=[512, 2048], help="lengths of the sequence, with commas between")
    parser.add_argument("--threads", type=comparison.naturals, default=[1, 2], help="thread counts, with commas between")
    given = parser.parse_args()
    version, table, all_loads = comparison.torch().__version__, [], []
    for threads, rows in ((threads, rows) for threads in given.threads for rows in given.rows):
        contestants = {"heed": lambda: heed(rows, threads), "pytorch": lambda: comparison.peer(rows, threads, threads=threads)}
        found, loads = comparison.in_turn(contestants, given.rounds, ["attention", rows, threads], given.log)
        all_loads += loads
        for mask, direction in PROBLEMS:
            name = name_of(rows, mask, direction)
            ours, theirs = found[name, "heed"], found.get((name, "pytorch"), [])
            table.append([f"{rows:,}", mask, direction, str(threads), comparison.cell(ours, 2), comparison.cell(found["% " + name, "heed"], 1),
                          comparison.cell(theirs, 2), comparison.ratio(theirs, ours)])
    comparison.report(["rows", "mask", "pass", "threads", "Heed, ms", "of the FMA peak, %", "PyTorch, ms", "PyTorch ÷ Heed"], table, all_loads,
                      [f"PyTorch {version}, eager. A dash: its score matrices do not fit in this machine's memory."])


if __name__ == "__main__":
    arguments = comparison.role()
    main() if arguments is None else play_peer(*map(int, arguments))
