"""The bad calls of tests/golden/errors.txt: the arrays they use, how one runs, and what must be unchanged after it.

usage: PYTHONPATH=. python tests/bad_calls.py      writes tests/golden/errors.json: per call the class and the message

`a`, `b`, `c`, `s`, `img`, `w` are np arrays of shapes (2, 3), (3,), (2, 3, 4), (3, 3), (1, 2, 5, 5), (3, 2, 3, 3);
`singular` is a matrix of rank 1, `i` holds int32, `k` is a mask of length 4; `A`, `B`, `IMG` are NDArrays. `v` and
`V` are variables, `u` an array and `y` a number of a recorded graph that needs every one of these arrays.
"""

import json
import pathlib

import numpy

import mxlite
from mxlite import autograd, nd, np, npx

GOLDEN = pathlib.Path(__file__).resolve().parent / "golden"
RECORD = GOLDEN / "errors.json"


def read():
    """{group: [program, ...]} of errors.txt."""
    groups = {}
    for line in (GOLDEN / "errors.txt").read_text(encoding="utf-8").splitlines()[3:]:
        if line.startswith("# "):
            groups[line[2:]] = group = []
        elif line:
            group.append(line)
    return groups


class Right(autograd.Function):
    """A Function that copies."""

    def forward(self, x):
        return x * 1

    def backward(self, g):
        return g


class Wrong(autograd.Function):
    """A Function that returns, from forward or backward, what its name says."""

    def __init__(self, what):
        self.what = what

    def forward(self, x):
        return {"forward": 3, "none": None}.get(self.what, x * 1)

    def backward(self, g):
        return {"count": (g, g), "shape": np.ones((7,)), "type": "x"}[self.what]


def _ramp(*shape):
    return numpy.arange(1, 1 + numpy.prod(shape), dtype="float32").reshape(shape) / 4


class World:
    """Fresh arrays for one call, and the graph that watches them."""

    def __init__(self):
        np_arrays = {"a": np.array(_ramp(2, 3)), "b": np.array(_ramp(3)), "c": np.array(_ramp(2, 3, 4)),
                     "s": np.array(_ramp(3, 3) + numpy.eye(3, dtype="float32")), "singular": np.ones((3, 3)),
                     "img": np.array(_ramp(1, 2, 5, 5)), "w": np.array(_ramp(3, 2, 3, 3)), "v": np.array(_ramp(2, 3)),
                     "i": np.array([0, 1, 2], dtype="int32"), "k": np.array([True, False, True, True], dtype="bool")}
        nd_arrays = {"A": nd.array(_ramp(2, 3)), "B": nd.array(_ramp(3)), "IMG": nd.array(_ramp(1, 2, 5, 5)),
                     "V": nd.array(_ramp(2, 3))}
        self.arrays = {**np_arrays, **nd_arrays}
        self.before = {name: x.asnumpy() for name, x in self.arrays.items()}
        self.v, self.V = np_arrays["v"], nd_arrays["V"]
        self.v.attach_grad()
        self.V.attach_grad()
        with autograd.record():
            self.u = self.v * self.v + self.V.as_np_ndarray() ** 2
            self.y = self.u.sum()
            # Each array is an operand that backward needs: were one written to, backward would raise.
            for x in self.arrays.values():
                self.y = self.y + self.v[0, 0] * (x.as_np_ndarray() * self.v[0, 0]).sum()
        self.names = {**self.arrays, "u": self.u, "y": self.y, "mx": mxlite, "np": np, "npx": npx, "nd": nd,
                      "autograd": autograd, "numpy": numpy, "Wrong": Wrong, "Right": Right}

    def run(self, program, recording):
        """The error that a program raises, or None."""
        try:
            with autograd.record() if recording else autograd.pause():
                exec(program, self.names)
        except Exception as error:
            return error
        finally:
            autograd.set_recording(False)
            autograd.set_training(False)
            npx.reset_np()
        return None

    def check(self):
        """Raises AssertionError unless arrays, gradients and tape are as they were."""
        for name, x in self.arrays.items():
            numpy.testing.assert_array_equal(x.asnumpy(), self.before[name], err_msg=f"{name} has changed")
            assert x.dtype == self.before[name].dtype
        for x in (self.v, self.V):
            assert not x.grad.asnumpy().any(), "a gradient was written"
        self.y.backward()
        v = self.before["v"]
        weight = sum(float(x.sum(dtype="float64")) for x in self.before.values())
        expected = 2 * v + v[0, 0] ** 2       # v is one of the arrays, too
        expected[0, 0] += 2 * v[0, 0] * weight
        numpy.testing.assert_allclose(self.v.grad.asnumpy(), expected, rtol=1e-5)
        numpy.testing.assert_allclose(self.V.grad.asnumpy(), 2 * self.before["V"] + v[0, 0] ** 2, rtol=1e-5)


def outcome(error):
    """What is recorded of an error: its class and its message."""
    return {"class": type(error).__name__, "message": str(error)}


def main():
    """Runs all calls and writes down what they raise."""
    found = {group: [{"call": program, **outcome(World().run(program, False))} for program in programs]
             for group, programs in read().items()}
    RECORD.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
