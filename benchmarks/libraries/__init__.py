"""The libraries compared, one file each; a process imports only the one it is asked for. Runs on Python 3.8."""

from __future__ import annotations

import importlib
import sys

import numpy

TITLES = {
    "mxlite": "mxlite",
    "numpy": "NumPy by hand",
    "torch": "PyTorch",
    "jax": "JAX jitted",
    "jax eager": "JAX eager",
    "autograd": "HIPS autograd",
    "mygrad": "MyGrad",
    "mxnet": "MXNet 1.9.1",
}


def load(name, threads):
    """The library of that name, with its versions; raises ImportError where it is not installed."""
    module, class_name, arguments = {
        "mxlite": ("mx", "MX", ("mxlite",)),
        "mxnet": ("mx", "MX", ("mxnet",)),
        "numpy": ("by_hand", "NumPy", ()),
        "torch": ("pytorch", "Torch", (threads,)),
        "jax": ("xla", "Jax", (True,)),
        "jax eager": ("xla", "Jax", (False,)),
        "autograd": ("hips", "Autograd", ()),
        "mygrad": ("mygrad_", "MyGrad", ()),
    }[name]
    library = getattr(importlib.import_module(f"{__name__}.{module}"), class_name)(*arguments)
    library.versions = {
        "version": library.version,
        "numpy": numpy.__version__,
        "python": ".".join(map(str, sys.version_info[:3])),
    }
    return library
