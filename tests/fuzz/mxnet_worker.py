"""Runs programs on real MXNet: one JSON program per line of stdin, one JSON answer per line of stdout.

Runs under the reference interpreter (Python 3.8, mxnet 1.9.1), so it knows nothing of the other modules here.
"""
import json
import os
import sys

os.environ["MXNET_MKLDNN_ENABLED"] = "0"

import numpy
from mxnet import autograd, np, npx

npx.set_np()


def answer(program):
    leaves = {name: np.array(numpy.array(value, dtype="float32").reshape(shape))
              for name, (value, shape) in program["leaves"].items()}
    for name, leaf in leaves.items():
        leaf.attach_grad(program["grad_req"][name])
    scope = {"np": np, "npx": npx, "stop": lambda v: v.detach()}
    values = dict(leaves)
    with autograd.record():
        exec(program["source"], scope, values)
    heads = [values[h] for h in program["heads"]]
    given = [None if g is None else np.array(numpy.array(g[0], dtype="float32").reshape(g[1]))
             for g in program["head_grads"]]
    found = {"heads": [[h.asnumpy().tolist(), list(h.shape), str(h.dtype), repr(h)] for h in heads]}
    autograd.backward(heads, given)
    found["grads"] = {name: leaf.grad.asnumpy().tolist() for name, leaf in leaves.items()
                      if program["grad_req"][name] != "null"}
    return found


def main():
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        try:
            found = answer(json.loads(line))
        except Exception as error:
            found = {"error": f"{type(error).__name__}: {str(error)[:300]}"}
        print(json.dumps(found), file=out, flush=True)


if __name__ == "__main__":
    main()
