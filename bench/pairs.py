#!/usr/bin/env python3
"""Writes a large parallel corpus made of a small one: the first half of one pair and the second half of another, drawn by a seed.

    bench/pairs.py --source train.en --target train.de --count 10000000 --out big

makes big.source and big.target, which 'heed data prepare' and 'heed train' then read: what is measured is memory and speed, not translation.
"""
import argparse
import random


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True, help="one sentence a line")
    parser.add_argument("--target", required=True, help="their translations")
    parser.add_argument("--count", type=int, required=True, help="how many pairs to write")
    parser.add_argument("--out", required=True, help="where: OUT.source and OUT.target")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    halves = [], []
    with open(given.source, encoding="utf-8", newline="\n") as sources, open(given.target, encoding="utf-8", newline="\n") as targets:
        for pair in zip(sources, targets):
            words = [side.split() for side in pair]
            for part, (begin, end) in enumerate(((0, 1), (1, 2))):
                halves[part].append([" ".join(side[len(side) * begin // 2:len(side) * end // 2]) for side in words])
    draw = random.Random(given.seed).random
    count = len(halves[0])
    with open(given.out + ".source", "w", encoding="utf-8", newline="\n") as source, open(given.out + ".target", "w", encoding="utf-8", newline="\n") as target:
        for _ in range(given.count):
            first, second = halves[0][int(draw() * count)], halves[1][int(draw() * count)]
            source.write(f"{first[0]} {second[0]}\n")
            target.write(f"{first[1]} {second[1]}\n")


if __name__ == "__main__":
    main()
