"""JAX, jitted and eager."""

from __future__ import annotations

import jax

from ._base import Library


class Jax(Library):
    """Jitted: the gradient alone, compiled whole, the value left out. Eager: the same, operation by operation."""

    np, version = jax.numpy, jax.__version__
    relu, sigmoid = staticmethod(jax.nn.relu), staticmethod(jax.nn.sigmoid)

    def __init__(self, jitted):
        self.compiled = jax.jit if jitted else lambda function: function

    def constant(self, array):
        return jax.numpy.asarray(array)

    def step(self, workload):
        params, data = workload.inputs()
        count = len(params)
        arrays = [self.constant(array) for array in (*params, *data)]
        gradient = self.compiled(
            jax.grad(lambda *arrays: workload.loss(self, *arrays).sum(), argnums=tuple(range(count)))
        )

        def step():
            gradients = gradient(*arrays)
            for array in gradients:
                array.block_until_ready()
            return gradients

        return step

    def cross_entropy(self, logits, labels):
        logs = jax.nn.log_softmax(logits)
        return -jax.numpy.take_along_axis(logs, labels[:, None], axis=1).mean()

    def conv(self, x, w, b, pad):
        y = jax.lax.conv(x, w, (1, 1), "SAME" if pad else "VALID")
        return y + b[:, None, None]

    def average_pool(self, x):
        add, window = jax.lax.add, (1, 1, 2, 2)
        return jax.lax.reduce_window(x, 0.0, add, window, window, "VALID") / 4
