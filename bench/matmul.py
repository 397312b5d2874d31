#!/usr/bin/env python3
"""C = AB in single precision: `heed bench matmul` against OpenBLAS's cblas_sgemm, the same shapes, in turn.

Peer: `apt install libopenblas0-pthread`, or any libopenblas that the loader finds. Called through ctypes; no NumPy.
"""
import array
import ctypes
import ctypes.util
import json
import statistics
import time

import comparison

ROW_MAJOR, NOT_TRANSPOSED = 101, 111
SECONDS_A_MEASUREMENT, SECONDS_OF_WARM_UP, MEASUREMENTS = 0.04, 0.3, 9


def openblas():
    name = ctypes.util.find_library("openblas")
    if name is None:
        comparison.stop("there is no OpenBLAS here. On Debian: apt install libopenblas0-pthread.")
    library = ctypes.CDLL(name)
    library.cblas_sgemm.restype = None
    library.cblas_sgemm.argtypes = [ctypes.c_int] * 6 + [ctypes.c_float] + [ctypes.c_void_p, ctypes.c_int] * 2 + [ctypes.c_float, ctypes.c_void_p, ctypes.c_int]
    library.openblas_get_corename.restype = library.openblas_get_config.restype = ctypes.c_char_p
    return library


def filled(length):
    """Small multiples of 1/16, whose products are exact."""
    period = array.array("f", [(i - 8) / 16 for i in range(17)])
    return (period * (length // 17 + 1))[:length]


def address(numbers):
    return numbers.buffer_info()[0]


def speed(library, rows, inner, columns):
    """10⁹ operations a second, the median of nine measurements after a warm-up."""
    a, b, c = filled(rows * inner), filled(inner * columns), filled(rows * columns)

    def multiply():
        library.cblas_sgemm(ROW_MAJOR, NOT_TRANSPOSED, NOT_TRANSPOSED, rows, columns, inner, 1, address(a), inner, address(b), columns, 0, address(c), columns)

    def seconds(times):
        start = time.perf_counter()
        for _ in range(times):
            multiply()
        return time.perf_counter() - start

    end = time.perf_counter() + SECONDS_OF_WARM_UP
    once = seconds(1)
    while time.perf_counter() < end:
        once = min(once, seconds(1))
    times = max(1, int(SECONDS_A_MEASUREMENT / once))
    speeds = [2 * rows * inner * columns * times / seconds(times) / 1e9 for _ in range(MEASUREMENTS)]
    expected = sum(a[(rows - 1) * inner + k] * b[k * columns + columns - 1] for k in range(inner))
    if abs(c[-1] - expected) > 1e-3 * max(1, abs(expected)):
        comparison.stop(f"cblas_sgemm gave {c[-1]} where {expected} was due, for {rows}x{inner}x{columns}.")
    return statistics.median(speeds)


def play_peer(shapes):
    library = openblas()
    kernel = f"{library.openblas_get_config().decode().strip()}, kernels of {library.openblas_get_corename().decode()}"
    print(json.dumps({"kernel": kernel, "figures": {shape: speed(library, *map(int, shape.split("x"))) for shape in shapes}}))


def main():
    parser = comparison.options(__doc__, rounds=3)
    parser.add_argument("--threads", type=comparison.naturals, default=[1, 2], help="thread counts, with commas between")
    given = parser.parse_args()
    library = openblas()
    rows, loads, fractions = [], [], {}
    kernel = ""
    for threads in given.threads:
        shapes = []

        def ours():
            results = comparison.heed("bench", "matmul", "--threads", threads, "--json", threads=threads)
            shapes[:] = [result["shape"] for result in results]
            return {result["shape"]: result["gflops"] for result in results} \
                | {"% " + result["shape"]: 100 * result["fractionOfPeak"] for result in results} \
                | {"of limit " + result["shape"]: 100 * result["fractionOfLimit"] for result in results}

        def theirs():
            nonlocal kernel
            found = comparison.peer(*shapes, threads=threads)
            kernel = found["kernel"]
            return found["figures"]

        found, load = comparison.in_turn({"heed": ours, "openblas": theirs}, given.rounds, ["matmul", threads], given.log)
        loads += load
        for shape in shapes:
            heed, openblas_ = found[shape, "heed"], found[shape, "openblas"]
            rows.append([shape.replace("x", " × "), str(threads), comparison.cell(heed, 1), comparison.cell(found["% " + shape, "heed"], 1),
                         comparison.cell(found["of limit " + shape, "heed"], 1),
                         comparison.cell(openblas_, 1), comparison.ratio(heed, openblas_)])
    comparison.report(["rows × inner × columns", "threads", "Heed, GFLOP/s", "of the FMA peak, %", "of the limit, %", "OpenBLAS, GFLOP/s", "Heed ÷ OpenBLAS"], rows, loads,
                      [f"OpenBLAS: {kernel}."])


if __name__ == "__main__":
    arguments = comparison.role()
    main() if arguments is None else play_peer(arguments)
