"""What a library costs before it computes anything: the time of its import, and the size of its wheel."""

from __future__ import annotations

from typing import ClassVar

from ._base import Workload


class Import(Workload):
    """A whole process that imports the library and ends, less one that imports NumPy and ends."""

    name = "import, beyond NumPy's"
    way = "imported"
    left_out: ClassVar = {"numpy": "is what is subtracted", "jax eager": "is the same import"}
    modules: ClassVar = {"jax": "jax.numpy", "autograd": "autograd.numpy"}  # where the import is not its name

    def program(self, library):
        """What the process runs."""
        return f"import {self.modules.get(library, library)}"


class Wheel(Workload):
    """The files of mxlite's package, compressed as a wheel compresses them."""

    name = "wheel"
    way = "compressed"


WORKLOADS = [Import(), Wheel()]
