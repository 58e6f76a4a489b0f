#!/usr/bin/env bash
# Runs the tests on a build that checks every index, every division and every None (MXLITE_DEBUG=1).
#
#   tests/tools/bounds.sh [pytest's arguments]
#
# PYTHON names the interpreter. The build and what the tests need go to an environment and a copy of the tree, both
# temporary. Needs a C compiler and a package index.
set -euo pipefail
cd "$(dirname "$0")/../.."

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
unset PYTHONPATH
export PIP_QUIET=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONDONTWRITEBYTECODE=1

mkdir "$directory/tree"
tar -c --exclude='*.so' --exclude=__pycache__ pyproject.toml setup.py MANIFEST.in README.md LICENSE CITATION.cff pyx mxlite \
  tests docs examples benchmarks .ci .github | tar -x -C "$directory/tree"
cd "$directory/tree"
"${PYTHON:-python3}" -m venv "$directory/environment"
MXLITE_DEBUG=1 "$directory/environment/bin/pip" install -e ".[test]"
"$directory/environment/bin/python" -m pytest -p no:cacheprovider "$@"
