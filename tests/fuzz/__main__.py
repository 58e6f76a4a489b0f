"""Compares random programs. In tests/: python -m fuzz [--seeds FIRST LAST] [--large] [--against torch] [--second]

Every program runs on mxlite in several ways (ours.py) and is compared with central differences and with the peers that
are installed; a difference is shrunk, printed, and with --save stored where the tests replay it. Exit status 1 when
there was one.
"""
import argparse
import collections
import pathlib
import re
import sys
import time
import traceback
import warnings

import numpy

from fuzz import ours, peers
from fuzz.differences import aftermath, central_differences, difference
from fuzz.generate import generate
from fuzz.programs import settled, to_json
from fuzz.shrink import shrunk

FOUND = pathlib.Path(__file__).with_name("found")


def complaint(program, against=(), second=False, tolerance=1.0, ran=None):
    """None, or the first difference that a program shows. `ran` counts the comparisons that were made."""
    ran = collections.Counter() if ran is None else ran
    plain = settled(program)
    aftermath(program)      # raises for what is no program
    try:
        first = ours.run(program, "backward")
    except Exception as error:
        return f"backward: {_told(error)}"
    once = {n: g / program.times(n) for n, g in first[1].items()}
    entries = 60 if tolerance == 1 else 3
    expected = central_differences(plain, once, entries)
    for name, grad in expected[1].items():
        grad *= program.times(name)
    for way in ours.WAYS:
        if way == "written" and not program.after:
            continue
        try:
            found = first if way == "backward" else ours.run(program, way)
        except Exception as error:
            return f"{way}: {_told(error)}"
        ran[way] += 1
        said = difference(found[:3], (*expected[:2], found[3] if len(found) > 3 else expected[2]), tolerance)
        said = said or _wrong_dtype(program, plain, found)
        if said:
            return f"{way}: {said}"
    ran["derivatives"] += sum(int((~numpy.isnan(g)).sum()) for g in expected[1].values())
    for peer in against:
        theirs = peers.PEERS[peer](plain)
        if theirs is None or difference(theirs, expected, tolerance):   # it cannot, or is wrong by differences itself
            ran[f"{peer} cannot" if theirs is None else f"{peer} differs from differences"] += 1
            continue
        ran[peer] += 1
        for name, grad in expected[1].items():      # libraries have conventions of their own at kinks
            if name in theirs[1] and grad.size <= entries:
                theirs[1][name] = numpy.where(numpy.isnan(grad), numpy.nan, theirs[1][name])
        said = difference(first, theirs, 1e-3 if program.dtypes == {"float64"} else tolerance)
        if said:
            return f"{peer}: {said}"
    if second:
        try:
            exact, numeric = ours.second(plain)
        except Exception as error:
            return f"second order: {_told(error)}"
        ran["second order"] += 1
        said = difference(([], exact, {}), ([], numeric, {}), 10)
        if said:
            return f"second order: {said}"
    return None


def _told(error):
    return f"raises {type(error).__name__}: {error} {traceback.format_exception(error)[-2]}"


def _wrong_dtype(program, plain, found):
    """None, or a gradient whose dtype is not its leaf's."""
    for name, grad in found[1].items():
        if name in plain.leaves and grad.dtype != plain.leaves[name].dtype:
            return f"gradient of {name}: {grad.dtype}, the leaf is {plain.leaves[name].dtype}"
    return None


def main():
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 1000), metavar=("FIRST", "LAST"))
    parser.add_argument("--large", action="store_true", help="arrays of up to 100,000 elements")
    parser.add_argument("--second", action="store_true", help="second order too")
    parser.add_argument("--against", nargs="*", default=(), choices=sorted(peers.PEERS))
    parser.add_argument("--save", action="store_true", help="store what differs in fuzz/found, for the tests")
    args = parser.parse_args()
    warnings.simplefilter("ignore")     # of peers and NumPy, about means of nothing
    options = {"against": args.against, "second": args.second,
               # thousands of kinks, each too small to be seen, add up in a large sum
               "tolerance": 100.0 if args.large else 1.0}
    failures, ran, start = 0, collections.Counter(), time.perf_counter()
    for seed in range(*args.seeds):
        program = generate(seed, args.large)
        try:
            said = complaint(program, ran=ran, **options)
        except Exception as error:      # of this fuzzer; the others go on
            failures += 1
            print(f"--- seed {seed}: {_told(error)}\n{program}\n", flush=True)
            continue
        if said:
            failures += 1
            small = shrunk(program, lambda p, like=said: fails(p, options, like))
            print(f"--- seed {seed}: {complaint(small, **options)}\n{small}\n", flush=True)
            if args.save:
                FOUND.mkdir(exist_ok=True)
                (FOUND / f"seed_{seed}{'_large' if args.large else ''}.json").write_text(
                    f'{{"program": {to_json(small)}}}\n')
        if (seed + 1 - args.seeds[0]) % 500 == 0:
            print(f"{seed + 1 - args.seeds[0]} programs, {time.perf_counter() - start:.0f} s", flush=True)
    print(f"{args.seeds[1] - args.seeds[0]} programs, {failures} differences; compared: "
          + ", ".join(f"{name} {n}" for name, n in ran.items()))
    sys.exit(failures > 0)


def kind(said):
    """What a difference is of, without its numbers: "torch: gradient", "backward: raises DtypeError"."""
    return re.match(r"[^:]+: (?:raises \w+|\w+)|\w+", said)[0]


def fails(program, options, like):
    """Whether a program still shows a difference of the same kind."""
    try:
        said = complaint(program, **options)
        return said is not None and kind(said) == kind(like)
    except Exception:   # shrunk to something that is no program any more
        return False


if __name__ == "__main__":
    main()
