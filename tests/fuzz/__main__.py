"""Compares random programs. In tests/: python -m fuzz [--seeds FIRST LAST] [--large] [--against torch] [--second]

Every program runs on mxlite in five ways and is compared with central differences; a difference is shrunk and printed.
Exit status 1 when there was one.
"""
import argparse
import sys
import traceback

from fuzz import libraries, peers
from fuzz.programs import generate, shrunk

WAYS = ("backward", "variables", "graph", "retained", "overwritten")


def complaint(program, against=(), second=False, tolerance=1e-6):
    """None, or the first difference that a program shows; `tolerance` is for central differences."""
    expected = libraries.central_differences(program)
    for name, grad in expected[1].items():
        grad *= libraries._times(program, name)
    for way in WAYS:
        try:
            found = libraries.mxlite_gradients(program, way)
        except Exception as error:
            return f"{way}: raises {type(error).__name__}: {error} {traceback.format_exc().splitlines()[-3]}"
        said = libraries.difference(found, expected, tolerance)
        if said:
            return f"{way}: {said}"
    said = _peers_complaint(program, against, expected, tolerance)
    if said:
        return said
    if second:
        try:
            exact, numeric = libraries.mxlite_second(program)
        except Exception as error:
            return f"second order: raises {type(error).__name__}: {error} {traceback.format_exc().splitlines()[-3]}"
        said = libraries.difference(([], exact), ([], numeric), 1e-5)
        if said:
            return f"second order: {said}"
    return None


def _peers_complaint(program, against, expected, tolerance):
    """None, or how mxlite differs from every peer that can run the program and is right by central differences."""
    ours = libraries.mxlite_gradients(program)
    found = None
    for peer in against:
        theirs = peers.PEERS[peer](program)
        if theirs is None or libraries.difference(theirs, expected, tolerance):
            continue
        said = libraries.difference(ours, theirs, 1e-9)
        if said is None:
            return None
        found = f"{peer}: {said}"
    return found


def main():
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 1000), metavar=("FIRST", "LAST"))
    parser.add_argument("--large", action="store_true", help="arrays that take the blocked sweep")
    parser.add_argument("--second", action="store_true", help="second order too")
    parser.add_argument("--against", nargs="*", default=(), choices=sorted(peers.PEERS))
    args = parser.parse_args()
    options = {"against": args.against, "second": args.second,
               # thousands of kinks, each too small to be seen, add up in a large sum
               "tolerance": 1e-4 if args.large else 1e-6}
    failures = 0
    for seed in range(*args.seeds):
        program = generate(seed, args.large)
        said = complaint(program, **options)
        if said:
            failures += 1
            small = shrunk(program, lambda p: _fails(p, options))
            print(f"--- seed {seed}: {complaint(small, **options)}\n{small}\n", flush=True)
    print(f"{args.seeds[1] - args.seeds[0]} programs, {failures} differences")
    sys.exit(failures > 0)


def _fails(program, options):
    try:
        return complaint(program, **options) is not None
    except Exception:   # shrunk to something that is no program any more
        return False


if __name__ == "__main__":
    main()
