#!/usr/bin/env bash
# Runs the tests on a build with AddressSanitizer and UndefinedBehaviorSanitizer.
#
#   tests/tools/sanitize.sh [DIRECTORY [pytest's arguments]]
#
# DIRECTORY (a temporary one unless given) gets a copy of the tree, an environment and the build; a second run in it
# compiles only what changed. PYTHON names the interpreter, SANITIZERS what -fsanitize= gets. Exit status 1 when a test
# fails or a sanitizer has something to say, be it in a subprocess of a test. All tests run but test_packaging.py, which
# looks at an installed wheel. Needs gcc with libasan, and a package index.
#
# What would hide a use after free is off: Python's and Cython's free lists, NumPy's cache of small buffers (uncached.c);
# the engine's own pool tells AddressSanitizer what it holds.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ $# -gt 0 ]; then
  directory=$1
  shift
  mkdir -p "$directory"
  directory=$(cd "$directory" && pwd)
else
  directory=$(mktemp -d)
  trap 'rm -rf "$directory"' EXIT
fi
sanitizers=${SANITIZERS:-address,undefined}
tree=$directory/tree
python=$directory/environment/bin/python
reports=$directory/reports
unset PYTHONPATH MXLITE_DEBUG
export PIP_QUIET=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONDONTWRITEBYTECODE=1

mkdir -p "$tree"
find "$tree" -type f ! -name '*.so' ! -path "$tree/build/*" -delete
tar -c --exclude='*.so' --exclude=__pycache__ pyproject.toml setup.py MANIFEST.in README.md LICENSE CITATION.cff pyx mxlite \
  tests docs examples benchmarks .ci .github | tar -x -C "$tree"
cd "$tree"

if [ ! -x "$python" ]; then
  "${PYTHON:-python3}" -m venv "$directory/environment"
  "$python" -m pip install "setuptools>=77" "cython>=3.1" "numpy>=2.0" "pytest>=8"
fi

echo "== building in $tree"
MXLITE_SANITIZE=$sanitizers "$python" setup.py build_ext --inplace > "$directory/build.log" 2>&1 || {
  tail -50 "$directory/build.log" >&2
  exit 1
}
"$python" - "$directory/libuncached.so" <<'PYTHON'
import subprocess, sys, sysconfig, numpy
subprocess.check_call(["gcc", "-shared", "-fPIC", "-O1", "-g", "-o", sys.argv[1], "tests/tools/uncached.c",
                       "-I" + sysconfig.get_path("include"), "-I" + numpy.get_include()])
PYTHON
mkdir -p "$directory/site"
cat > "$directory/site/sitecustomize.py" <<'PYTHON'
# Loaded as a plugin of AddressSanitizer, libubsan does not read log_path.
import ctypes, os
ctypes.CDLL(os.environ["MXLITE_UBSAN"]).__sanitizer_set_report_path(os.environ["MXLITE_UBSAN_REPORTS"].encode())
PYTHON

echo "== testing"
rm -rf "$reports"
mkdir "$reports"
status=0
env LD_PRELOAD="$(gcc -print-file-name=libasan.so) $(gcc -print-file-name=libstdc++.so)" \
  ASAN_OPTIONS="detect_leaks=0:allocator_may_return_null=1:log_path=$reports/address" \
  UBSAN_OPTIONS="print_stacktrace=1" MXLITE_UBSAN="$(gcc -print-file-name=libubsan.so)" \
  MXLITE_UBSAN_REPORTS="$reports/undefined" MXLITE_UNCACHED="$directory/libuncached.so" \
  PYTHONMALLOC=malloc PYTHONFAULTHANDLER=1 PYTHONPATH="$directory/site:$tree:$tree/tests/tools" \
  "$python" -m pytest -p uncached -p no:cacheprovider --ignore=tests/test_packaging.py "$@" || status=1

if grep -qsE "ERROR: |runtime error: " "$reports"/*; then
  echo "== the sanitizers report (all of it in $reports):" >&2
  grep -hE "runtime error: |ERROR: " "$reports"/* | sort | uniq -c >&2
  status=1
  trap - EXIT
fi
exit "$status"
