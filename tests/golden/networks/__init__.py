"""Networks that train on MXNet and on mxlite alike, and what is kept of a training.

A network is a function of the package (`mx`) and a dtype, written with np, npx, nd and autograd alone. It is a
generator: after each backward it gives the loss and the parameters, by name, and then takes its step. It makes its own
data and first weights, from `data.Stream`.

Kept are, of each step, the loss and a summary of every parameter's gradient, and after the last step a summary of
every parameter: see `summary`. `../record_networks.py` keeps them from MXNet 1.9.1 in `recorded.npz`, and
`tests/test_networks.py` compares. Python 3.8 runs all of this too.
"""
import hashlib
import pathlib
import typing

import numpy

from . import lenet, lstm, regression, transformer
from .data import splitmix64

BOTH = ("float32", "float64")


class Network(typing.NamedTuple):
    """A training function, the array mode that MXNet needs for it, and the dtypes to train in.

    `onednn`: MXNet is to use oneDNN. Its own kernels round better and know float64; but its own LSTM of several
    layers makes parameter gradients of memory that it never wrote.
    """

    function: typing.Callable
    mode: str = "np"
    dtypes: tuple = BOTH
    onednn: bool = False


NETWORKS = {
    "lenet.sigmoid_sgd": Network(lenet.sigmoid_sgd),
    "lenet.relu_momentum": Network(lenet.relu_momentum),
    "lenet.legacy_softmax_output": Network(lenet.legacy_softmax_output, "nd"),
    "lstm.fused": Network(lstm.fused, dtypes=("float32",), onednn=True),
    "lstm.unrolled": Network(lstm.unrolled),
    "transformer.padded_relu_sgd": Network(transformer.padded_relu_sgd),
    "transformer.causal_gelu_adam": Network(transformer.causal_gelu_adam),
    "regression.linear_np": Network(regression.linear_np),
    "regression.linear_nd": Network(regression.linear_nd, "nd"),
    "regression.softmax_np": Network(regression.softmax_np),
    "regression.softmax_nd": Network(regression.softmax_nd, "nd"),
}
RECORDED = pathlib.Path(__file__).resolve().parent / "recorded.npz"
SUMS, ENTRIES = 4, 8        # see `summary`


def summary(x):
    """Norm, largest magnitude, SUMS sums of all elements with random signs, and ENTRIES of the elements, float64.

    For an error e somewhere in the array, a sum is off by about the norm of e.
    """
    x = numpy.asarray(x, dtype="float64").ravel()
    bits = splitmix64(numpy.arange(x.size, dtype="uint64"))
    signs = [1.0 - 2.0 * ((bits >> numpy.uint64(k)) & numpy.uint64(1)).astype("float64") for k in range(SUMS)]
    places = splitmix64(numpy.arange(x.size, x.size + ENTRIES, dtype="uint64")) % numpy.uint64(x.size)
    return [numpy.sqrt((x * x).sum()), abs(x).max(), *((s * x).sum() for s in signs), *x[places.astype("int64")]]


def train(name, mx, dtype):
    """(names of the parameters, losses (steps,), summaries (steps + 1, parameters, columns)) of a network."""
    losses, summaries = [], []
    for loss, params in NETWORKS[name].function(mx, dtype):
        losses.append(float(loss.asnumpy().ravel()[0]))
        for p in params.values():
            if p.asnumpy().dtype != dtype or p.grad.asnumpy().dtype != dtype:
                raise TypeError(f"{name}: a parameter is not {dtype}")
        summaries.append([summary(p.grad.asnumpy()) for p in params.values()])
    summaries.append([summary(p.asnumpy()) for p in params.values()])
    return list(params), numpy.array(losses), numpy.array(summaries)


def source_of(name):
    """Changes with the text of what makes the numbers: a recording of another text is stale."""
    here = pathlib.Path(__file__).resolve().parent
    texts = [(here / file).read_text(encoding="utf-8") for file in ("data.py", name.split(".")[0] + ".py")]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]
