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


def array(packed):
    values = numpy.array(packed["values"], dtype=packed["dtype"])
    return np.array(values.reshape(packed["shape"]), dtype=packed["dtype"])


def answer(program):
    values = {name: array(leaf) for name, leaf in program["leaves"].items()}
    marked = {}

    def mark(name, value):
        value.attach_grad()
        marked[name] = value
        return value

    scope = {"np": np, "npx": npx, "stop": lambda v: v.detach(), "mark": mark}
    exec("\n".join(program["before"]), scope, values)
    leaves = dict(values)
    for name, req in program["grad_req"].items():
        leaves[name].attach_grad(req)
    with autograd.record():
        exec("\n".join(program["lines"]), scope, values)
    heads = [values[h] for h in program["heads"]]
    found = {"heads": [looks(h) for h in heads], "shown": [looks(eval(s, scope, values)) for s in program["shown"]]}
    autograd.backward(heads, [None if g is None else array(g) for g in program["head_grads"]])
    found["grads"] = {name: (marked[name] if name in marked else leaves[name]).grad.asnumpy().tolist()
                      for name in program["live"]}
    exec("\n".join(program["after"]), scope, values)
    found["leaves"] = {name: looks(leaf) for name, leaf in leaves.items()}
    return found


def looks(x):
    return [x.asnumpy().tolist(), list(x.shape), str(x.dtype), repr(x)]


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
