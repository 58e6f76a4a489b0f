"""Threads for a long time: python tests/tools/threads.py [STEPS [THREADS]]

THREADS threads (16 unless given) make STEPS optimisation steps each (10000 unless given), on tapes of their own, and
leave what the same steps leave one after the other, bit by bit. Exit status 1 when one does not.
"""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import test_threads


def main(n_steps=10_000, n_threads=16):
    found = {}

    def work(seed):
        def run():
            found[seed] = test_threads.steps(seed, n_steps)
        return run

    sys.setswitchinterval(1e-6)
    start = time.perf_counter()
    test_threads.together([work(seed) for seed in range(n_threads)])
    print(f"{n_threads} threads, {n_steps} steps each: {time.perf_counter() - start:.1f} s", flush=True)
    start = time.perf_counter()
    wrong = [seed for seed in range(n_threads) if found[seed] != test_threads.steps(seed, n_steps)]
    print(f"one after the other: {time.perf_counter() - start:.1f} s; {len(wrong)} differ {wrong or ''}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
