"""mxlite and MXNet, which have one interface."""

from __future__ import annotations

import importlib

from ._base import Library


class MX(Library):
    def __init__(self, name):
        module = importlib.import_module(name)
        self.np, self.npx, self.version = module.np, module.npx, module.__version__
        self.npx.set_np()
        self.scope = module.autograd.record

    def constant(self, array):
        return self.np.array(array, dtype=array.dtype)

    def variable(self, array):
        x = self.constant(array)
        x.attach_grad()
        return x

    def to_numpy(self, array):
        return array.asnumpy()

    def wait(self, array):
        array.wait_to_read()

    def step(self, workload):
        params, loss = self.prepared(workload)
        record = self.scope

        def step():
            with record():
                head = loss()
            head.backward()
            gradients = [param.grad for param in params]
            for gradient in gradients:
                gradient.wait_to_read()
            return gradients

        return step

    def recorded(self, function, x, *args):
        with self.scope():
            head = function(x, *args)

        def sweep():
            head.backward()
            x.grad.wait_to_read()
            return x.grad

        return head, sweep

    def linear(self, x, w, b):
        return self.np.dot(x, w) + b

    def relu(self, x):
        return self.npx.relu(x)

    def sigmoid(self, x):
        return self.npx.sigmoid(x)

    def cross_entropy(self, logits, labels):
        return -self.npx.pick(self.npx.log_softmax(logits, axis=-1), labels).mean()

    def conv(self, x, w, b, pad):
        return self.npx.convolution(x, w, b, kernel=w.shape[2:], num_filter=w.shape[0], pad=(pad, pad))

    def average_pool(self, x):
        return self.npx.pooling(x, kernel=(2, 2), stride=(2, 2), pool_type="avg")
