"""Asks real MXNet 1.9.1 which operators it differentiates twice; docs/operators.md prints the counts.

usage, on mxlite:       python tests/tools/second_order_mxnet.py samples > samples.json
       on MXNet 1.9.1:  python tests/tools/second_order_mxnet.py samples.json

The first call writes down the samples of tests/samples that are checked to order 2: the operators whose derivative is
not zero throughout. The second call takes every name of these operators that MXNet has, and every sample that MXNet
computes and rightly differentiates once, in a forked process each: the gradient of sum(f(x)**2), by
`autograd.grad(create_graph=True)`, is differentiated along a random direction and compared with central differences
of MXNet's own first gradients. (The square makes the gradient depend on x where f is linear.)

Written to tests/golden/second_order.json, per operator and name: right, error (some sample raises), wrong (no sample
raises, some derivative is not that of the gradient), none (MXNet computes or rightly differentiates no sample, even
once).
"""
# Python 3.8 runs this too, where zip() takes no strict=.
# ruff: noqa: B905
import json
import os
import pathlib
import signal
import sys

import numpy

HERE = pathlib.Path(__file__).resolve().parent
RECORD = HERE.parent / "golden" / "second_order.json"
RANK = ("right", "wrong", "error", "none")     # of an operator's names, the best outcome counts
STENCIL = ((-2, 1 / 12), (-1, -2 / 3), (1, 2 / 3), (2, -1 / 12))
SECONDS = 60                                    # for one name; MXNet's engine may wait for ever after an error


class Unsupported(Exception):
    """An argument that JSON cannot hold, such as a function; its sample is left out."""


def encoded(value):
    """An argument of a sample as JSON."""
    if isinstance(value, numpy.ndarray):
        return {"array": value.tolist(), "dtype": value.dtype.name, "shape": value.shape}
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, (list, tuple)):
        return {type(value).__name__: [encoded(v) for v in value]}
    raise Unsupported(value)


def export():
    """{operator: {"names": [...], "samples": [...]}} of what tests/test_every_op.py differentiates twice."""
    sys.path.insert(0, str(HERE.parent))
    from samples import all_samples

    from mxlite._op import registry
    from mxlite._ops import load_all

    load_all()
    from cases import Case

    found = {}
    for name, samples in sorted(all_samples().items()):
        registration = registry[name]
        if not any(not f.zero for f in registration.op.formulas):
            continue
        names = [f"{space}.{n}" for space in ("np", "npx", "nd") for n in getattr(registration, space)]
        entry = found.setdefault(name, {"names": names, "checked": False, "samples": []})
        for sample in samples:
            case = Case(name, sample)
            if case.order < 2 or not case.wrt:
                continue
            entry["checked"] = True
            try:
                args, kwargs = [encoded(v) for v in sample.args], {k: encoded(v) for k, v in sample.kwargs.items()}
            except Unsupported:
                continue
            if sample.reference is not False:
                entry["samples"].append({"args": args, "kwargs": kwargs, "wrt": case.wrt,
                                         "params": list(registration.op.params)})
    return found


def decoded(value, array):
    """The argument that `encoded` wrote down; arrays are made by a function."""
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return array(numpy.array(value["array"], value["dtype"]).reshape(value["shape"]))
    (kind, items), = value.items()
    return {"list": list, "tuple": tuple}[kind](decoded(v, array) for v in items)


class Once(Exception):
    """MXNet does not compute the operator's sample, or not its first gradient, or that is zero or wrong."""


class Trial:
    """One sample under one of MXNet's names."""

    def __init__(self, mx, name, sample, dtype, by_keyword):
        self.mx, self.dtype = mx, dtype
        space, _, rest = name.partition(".")
        self.function = getattr(mx, space)
        for part in rest.split("."):
            self.function = getattr(self.function, part)
        self.array = mx.nd.array if space == "nd" else mx.np.array
        self.args = [decoded(a, numpy.array) for a in sample["args"]]
        self.kwargs = {k: decoded(v, numpy.array) for k, v in sample["kwargs"].items()}
        self.wrt = [tuple(w) if isinstance(w, list) else w for w in sample["wrt"]]
        if by_keyword:
            self.kwargs.update(zip(sample["params"], self.args))
            self.wrt = [sample["params"][w] if isinstance(w, int) else w for w in self.wrt]
            self.args = []
            if any(isinstance(w, tuple) for w in self.wrt):
                raise Once("a list of arrays has no name")

    def point(self):
        """The arrays to differentiate, as NumPy's."""
        return [self._get(w) for w in self.wrt]

    def _get(self, place):
        key, inner = place if isinstance(place, tuple) else (place, None)
        value = self.kwargs[key] if isinstance(key, str) else self.args[key]
        return value if inner is None else value[inner]

    def wrapped(self, value, given):
        if isinstance(value, numpy.ndarray):
            for x, y in given:
                if x is value:
                    return y
            kind = self.dtype if value.dtype == numpy.float64 else value.dtype
            return self.array(value, dtype=kind)
        if isinstance(value, (list, tuple)):
            return type(value)(self.wrapped(v, given) for v in value)
        return value

    def squares(self, arrays):
        """Variables at the arrays, and the squares of the results, recorded."""
        xs = [self.array(a, dtype=self.dtype) for a in arrays]
        given = list(zip(self.point(), xs))
        for x in xs:
            x.attach_grad()
        square = self.mx.np.square if self.array is self.mx.np.array else self.mx.nd.square
        with self.mx.autograd.record():
            args = [self.wrapped(a, given) for a in self.args]
            results = self.function(*args, **{k: self.wrapped(v, given) for k, v in self.kwargs.items()})
            results = results if isinstance(results, (list, tuple)) else [results]
            return xs, [square(r) for r in results if numpy.dtype(r.dtype).kind == "f"]

    def value(self, arrays):
        """The sum of the squares."""
        return sum(float(y.asnumpy().astype("float64").sum()) for y in self.squares(arrays)[1])

    def gradients(self, arrays):
        """MXNet's first gradients at the arrays, as NumPy's."""
        xs, ys = self.squares(arrays)
        self.mx.autograd.backward(ys)
        return [x.grad.asnumpy().astype("float64") for x in xs]

    def outcome(self):
        """right, wrong or error."""
        step, tolerance = (1e-3, 1e-5) if self.dtype == "float64" else (2e-2, 3e-2)
        try:
            plain = self.gradients(self.point())
            rng = numpy.random.default_rng(5)
            along = [rng.standard_normal(x.shape) for x in self.point()]
            slope = sum((g * v).sum() for g, v in zip(plain, along))
            expected = sum(weight / step * self.value([x + k * step * v for x, v in zip(self.point(), along)])
                           for k, weight in STENCIL)
        except Exception as error:
            raise Once(str(error)) from error
        if not any(g.any() for g in plain) or not near(numpy.array(slope), numpy.array(expected), tolerance):
            raise Once("the first gradient is zero or wrong")
        try:
            xs, ys = self.squares(self.point())
            with self.mx.autograd.record():
                first = self.mx.autograd.grad(ys, xs, create_graph=True, retain_graph=True)
            values = [g.asnumpy().astype("float64") for g in first]
            # In 1.9.1 the gradients of np arrays, too, are legacy arrays.
            self.mx.autograd.backward(first, [self.mx.nd.array(v, dtype=self.dtype) for v in along])
            second = [x.grad.asnumpy().astype("float64") for x in xs]
        except Exception:
            return "error"
        expected = [numpy.zeros(x.shape) for x in self.point()]
        for k, weight in STENCIL:
            at = [x + k * step * v for x, v in zip(self.point(), along)]
            for total, g in zip(expected, self.gradients(at)):
                total += weight / step * g
        same = all(near(*pair, tolerance) for pair in [*zip(second, expected), *zip(values, plain)])
        return "right" if same else "wrong"


def near(a, b, tolerance):
    """Whether arrays agree, relative to the largest value."""
    return a.shape == b.shape and numpy.abs(a - b).max(initial=0) <= tolerance * (1 + numpy.abs(b).max(initial=0))


def of_sample(mx, name, sample):
    """The outcome of one sample: in float64 if MXNet computes that, else in float32; by position, else by keyword."""
    for dtype in ("float64", "float32"):
        for by_keyword in (False, True):
            try:
                return Trial(mx, name, sample, dtype, by_keyword).outcome()
            except Once:
                continue
    return None


def of_name(name, samples):
    """The outcome of one of MXNet's names over an operator's samples."""
    import mxnet as mx

    space, _, rest = name.partition(".")
    if space != "nd":
        mx.npx.set_np()
    value = getattr(mx, space)
    for part in rest.split("."):
        value = getattr(value, part, None)
    if value is None:
        return None
    found = {of_sample(mx, name, s) for s in samples} - {None}
    return next((o for o in ("error", "wrong", "right") if o in found), "none")


def in_fork(name, samples):
    """`of_name` in a child that nothing survives."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        signal.alarm(SECONDS)
        text = json.dumps(of_name(name, samples))
        with os.fdopen(writer, "w") as pipe:
            pipe.write(text)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else "error"       # killed: it crashed or hung


def record(path):
    """Asks MXNet about every operator, prints the counts and writes the outcome down."""
    import mxnet

    found, counts = {}, dict.fromkeys(RANK, 0)
    for operator, entry in json.loads(pathlib.Path(path).read_text(encoding="utf-8")).items():
        names = {name: in_fork(name, entry["samples"]) for name in entry["names"]} if entry["samples"] else {}
        names = {name: outcome for name, outcome in names.items() if outcome}
        if names:
            found[operator] = names
            counts[min(names.values(), key=RANK.index)] += 1
    rows = [f"{json.dumps(operator)}: {json.dumps(names)}" for operator, names in sorted(found.items())]
    RECORD.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    print(f"MXNet {mxnet.__version__}: {len(found)} operators, each by the best of its names: {counts}")


if __name__ == "__main__":
    if sys.argv[1] == "samples":
        print(json.dumps(export()))
    else:
        record(sys.argv[1])
