"""Puts this folder on sys.path, so that tests import `samples` and `check` in a checkout and from a copy outside it.

Adds the option --every, for runs that take much longer than a plain one.
"""

import collections
import pathlib
import sys

FOLDER = str(pathlib.Path(__file__).resolve().parent)
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)


def pytest_addoption(parser):
    parser.addoption("--every", type=int, default=1, metavar="N",
                     help="of the cases of each test run one in N, its first among them")


def pytest_collection_modifyitems(config, items):
    """Leaves out what --every leaves out."""
    every = config.getoption("--every")
    if every < 2:
        return
    seen = collections.Counter()
    kept, dropped = [], []
    for item in items:
        test = item.nodeid.partition("[")[0]
        (dropped if seen[test] % every else kept).append(item)
        seen[test] += 1
    items[:] = kept
    config.hook.pytest_deselected(items=dropped)
