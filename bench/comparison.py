"""What every comparison here shares: Heed and a peer take turns, and medians with their spread become a Markdown table.

A measurement is a dictionary from a row's name to a number. Everything runs in a process of its own, so that peak memory, thread counts
and what a library reads when it is loaded are those of one contestant alone.
"""
import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILT = ROOT / "src/Heed.Cli/bin/Release/net10.0/Heed.Cli.dll"


def stop(sentence):
    """Ends the script with a sentence and exit code 1."""
    sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {sentence}")


def options(description, rounds):
    """The options that every comparison has; `rounds` is how many it makes unless told."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--rounds", type=natural, default=rounds, help="how many times each contestant is measured, in turn")
    parser.add_argument("--log", type=pathlib.Path, help="append every measurement to this file and report all it holds of the same settings")
    return parser


def natural(text):
    """An argument that is a whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 1 on")
    return int(text)


def naturals(text):
    """An argument that is a list of them with commas between."""
    return [natural(part) for part in text.split(",")]


def processor_flags():
    """What instructions the processor has, by Linux's names; empty where that cannot be read."""
    return set(cpuinfo("flags").split())


def cpuinfo(key):
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.split(":")[0].strip() == key), "")


def environment(threads):
    """The variables of a child: that many threads, and an OpenBLAS that knows recent processors, unless the user named a kernel."""
    core = "SKYLAKEX" if "avx512f" in processor_flags() else "HASWELL"
    counts = {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    # An OpenBLAS older than the processor may take it for an older one, and then its kernels are too.
    kernel = {"OPENBLAS_CORETYPE": core} if platform.machine() == "x86_64" else {}
    return kernel | dict(os.environ) | counts


def run(command, threads):
    """The JSON that a command writes to its standard output; a command that fails ends the script with its words."""
    try:
        done = subprocess.run([str(part) for part in command], env=environment(threads), capture_output=True, text=True, check=False)
    except FileNotFoundError:
        stop(f"there is no '{command[0]}' on this machine's path.")
    if done.returncode != 0:
        stop(f"{' '.join(str(part) for part in command)} ended with code {done.returncode}:\n{done.stderr.strip()}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def heed(*arguments, threads=1):
    """What a heed command of this checkout's release build writes as JSON; None where it writes nothing."""
    if not BUILT.exists():
        stop(f"Heed is not built. Run 'dotnet build -c Release src/Heed.Cli' in {ROOT} first.")
    return run(["dotnet", BUILT, *arguments], threads)


def peer(*arguments, threads=1):
    """What the calling script prints as JSON when it plays the peer: `PEER_ROLE` is its first argument then."""
    return run([sys.executable, sys.argv[0], PEER_ROLE, *arguments], threads)


PEER_ROLE = "as-the-peer"


def role():
    """The peer's arguments in a process that plays the peer, else None."""
    return sys.argv[2:] if sys.argv[1:2] == [PEER_ROLE] else None


def torch():
    """The module, or a sentence that says how to get it."""
    try:
        import torch as module
    except ImportError:
        stop(f"{sys.executable} has no PyTorch. On Debian 'apt install python3-torch libopenblas0-pthread' and run /usr/bin/python3 {sys.argv[0]}; "
             "elsewhere 'python3 -m pip install torch'.")
    return module


def in_turn(contestants, rounds, settings, log):
    """Measures every contestant once a round.

    `contestants` maps a name to a function without arguments that returns {row: number}. The answer maps (row, name) to all numbers found,
    those of earlier calls with the same `settings` among them where there is a `log`, and lists the load average before each.
    """
    records = earlier(log, settings)
    for turn in range(rounds):
        for name, measure in contestants.items():
            load = os.getloadavg()[0]
            print(f"round {turn + 1} of {rounds}: {name} …", file=sys.stderr, flush=True)
            record = {"settings": settings, "contestant": name, "load": load, "at": time.time(), "figures": measure()}
            records.append(record)
            if log:
                with log.open("a") as file:
                    file.write(json.dumps(record) + "\n")
    found = {}
    for record in records:
        for row, figure in record["figures"].items():
            found.setdefault((row, record["contestant"]), []).append(figure)
    return found, [record["load"] for record in records]


def earlier(log, settings):
    if not log or not log.exists():
        return []
    # What JSON makes of the settings, tuples for one, is what the file holds.
    wanted = json.loads(json.dumps(settings))
    return [record for record in map(json.loads, log.read_text().splitlines()) if record["settings"] == wanted]


def cell(figures, digits=0):
    """Median (least–most) of figures; a dash where there are none."""
    if not figures:
        return "–"
    shown = [f"{figure:,.{digits}f}" for figure in (statistics.median(figures), min(figures), max(figures))]
    return f"{shown[0]} ({shown[1]}–{shown[2]})"


def ratio(ours, theirs):
    """How many times the peer's median ours is; a dash where one is missing."""
    return f"{statistics.median(ours) / statistics.median(theirs):.2f} ×" if ours and theirs else "–"


def report(heads, rows, loads, notes=()):
    """Prints the machine, notes and a Markdown table of cells."""
    print(machine(loads))
    for note in notes:
        print(note)
    print()
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |")


def machine(loads):
    name = cpuinfo("model name") or platform.processor() or platform.machine()
    vectors = "AVX-512" if "avx512f" in processor_flags() else "AVX2" if "avx2" in processor_flags() else "no AVX2"
    return (f"{name}, {os.cpu_count()} logical processors, {vectors}; load average before the measurements {statistics.median(loads):.1f} "
            f"({min(loads):.1f}–{max(loads):.1f}); sources of commit {commit()}; OPENBLAS_CORETYPE={environment(1).get('OPENBLAS_CORETYPE', '')}.")


def commit():
    """The commit that last changed the sources, marked where they differ from it."""
    try:
        last, changed = (subprocess.run(["git", "-C", str(ROOT), *arguments, "--", "src"], capture_output=True, text=True, check=False).stdout.strip()
                         for arguments in (["log", "-1", "--format=%h"], ["status", "--porcelain"]))
    except FileNotFoundError:
        return "unknown"
    return (last or "unknown") + (", changed since" if changed else "")
