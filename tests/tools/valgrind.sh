#!/usr/bin/env bash
# Runs a short suite under valgrind's memcheck, which also sees what AddressSanitizer does not: reads of memory that was
# never written.
#
#   tests/tools/valgrind.sh [pytest's arguments]
#
# PYTHON names the interpreter, for which mxlite is built and which has what the tests need. SUPPRESSIONS names files of
# suppressions: CPython's own is Misc/valgrind-python.supp of its sources. The interpreter's allocator is off
# (PYTHONMALLOC=malloc), so that every object is a block of its own. Exit status 1 when a test fails or an error has a
# frame of mxlite's in its stack; errors of other libraries are counted. Stacks are readable if mxlite was built with
# MXLITE_DEBUG=1.
set -euo pipefail
cd "$(dirname "$0")/../.."

python=${PYTHON:-python3}
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
[ $# -gt 0 ] || set -- tests/test_tape.py tests/test_sweep.py tests/test_storage.py tests/test_deferred.py \
  tests/test_deferred_gradients.py tests/test_reuse.py tests/test_variables.py tests/test_fuse.py tests/test_function.py \
  tests/test_memory.py

options=()
for file in ${SUPPRESSIONS:-}; do
  options+=("--suppressions=$file")
done
status=0
env PYTHONMALLOC=malloc OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1 \
  PYTHONPATH="$PWD${PYTHONPATH:+:$PYTHONPATH}" \
  valgrind --quiet --tool=memcheck --leak-check=no --error-limit=no --num-callers=30 "${options[@]}" \
  --log-file="$directory/%p.log" "$python" -m pytest -q -p no:cacheprovider "$@" || status=1

python3 - "$directory" <<'PYTHON' || status=1
import pathlib, re, sys

# A report is a run of lines "==PID== text" that ends with an empty one.
reports = [r for p in pathlib.Path(sys.argv[1]).glob("*.log")
           for r in re.split(r"^==\d+== *\n", p.read_text(errors="replace"), flags=re.M) if " at 0x" in r]
ours = [r for r in reports if re.search(r"mxlite/_(?:engine|kernels)/|__pyx_", r)]
print("\n".join(ours[:20]))
print(f"valgrind: {len(ours)} errors with mxlite in their stack, {len(reports) - len(ours)} others")
sys.exit(bool(ours))
PYTHON
exit "$status"
