"""Compares two runs of the array API test suite: `python tests/tools/array_api_report.py OURS.xml NUMPY.xml`.

Prints how many tests passed, failed and were skipped in each, and the tests that fail in ours alone. Fails if one of
those is not in the file of expected failures, a part of a test's name a line.
"""

import argparse
import pathlib
import sys
from collections import Counter
from xml.etree import ElementTree


def outcomes(path):
    """{test: 'passed', 'failed' or 'skipped'} of a file that pytest's --junitxml wrote."""
    found = {}
    for case in ElementTree.parse(path).iter("testcase"):
        tags = {child.tag for child in case}
        outcome = "failed" if tags & {"failure", "error"} else "skipped" if "skipped" in tags else "passed"
        found[f"{case.get('classname')}::{case.get('name')}"] = outcome
    return found


def expectations(path):
    """The lines of a file, without comments and empty ones."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def report(ours, numpys, expected):
    """(lines to print, tests that fail in ours alone and are not expected to)."""
    lines = ["| | passed | failed | skipped |", "|---|--:|--:|--:|"]
    for name, run in (("mxlite.array_api", ours), ("numpy", numpys)):
        counts = Counter(run.values())
        lines.append(f"| {name} | {counts['passed']} | {counts['failed']} | {counts['skipped']} |")
    alone = sorted(test for test, outcome in ours.items() if outcome == "failed" and numpys.get(test) != "failed")
    news = [test for test in alone if not any(part in test for part in expected)]
    if alone:
        lines += ["", "Fails in mxlite alone:", *(f"- {test}{'' if test in news else ' (expected)'}" for test in alone)]
    return lines, news


def main(arguments=None):
    """Prints the report; 1 if something new fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ours", type=pathlib.Path)
    parser.add_argument("numpy", type=pathlib.Path)
    parser.add_argument("--expected", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--summary", type=pathlib.Path, metavar="FILE", help="append the report to this file too")
    options = parser.parse_args(arguments)
    ours = outcomes(options.ours)
    lines, news = report(ours, outcomes(options.numpy), expectations(options.expected) if options.expected else [])
    print(*lines, sep="\n")
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    return 1 if news or not ours else 0


if __name__ == "__main__":
    sys.exit(main())
