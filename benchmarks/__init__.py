"""Times mxlite beside NumPy by hand, PyTorch, JAX, HIPS autograd, MyGrad and real MXNet: `python -m benchmarks`.

`workloads/` says what is computed, once for all libraries; `libraries/` says how each library computes a gradient;
`worker.py` runs one library in its own process; `runner.py` interleaves the processes; `targets.py` holds the goals;
`report.py` and `chart.py` write results.md and results.svg. `python -m benchmarks.instructions` counts instructions
of the paths in `hot_paths.py`, which load and clock do not change.
`worker.py`, `libraries/` and `workloads/` also run on the Python 3.8 that MXNet 1.9.1 needs.
"""
