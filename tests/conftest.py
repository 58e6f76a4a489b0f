"""Puts this folder on sys.path, so that tests import `samples` and `check` in a checkout and from a copy outside it."""

import pathlib
import sys

FOLDER = str(pathlib.Path(__file__).resolve().parent)
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)
