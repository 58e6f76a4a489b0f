"""What mxlite has set itself: at most so many times the cost of a competitor, row by row."""

from __future__ import annotations

from dataclasses import dataclass

from .libraries import TITLES
from .report import quantity
from .runner import Row


@dataclass(frozen=True)
class Target:
    """mxlite's figure in a row is at most `at_most` times the competitor's, at that number of threads.

    Where `competitor` is empty, `at_most` is the figure itself, in seconds or bytes.
    """

    stage: str
    row: str
    competitor: str
    at_most: float
    threads: int = 1


def _both(stage: str, row: str, competitor: str, at_most: float) -> list[Target]:
    return [Target(stage, row, competitor, at_most, threads) for threads in (1, 2)]


ENGINE = [
    Target("engine", "x + x, 4 floats", "numpy", 1.2),
    Target("engine", "seed 4", "numpy", 0.5),
    Target("engine", "seed 4", "torch", 1 / 12),
    Target("engine", "seed 100,000", "torch", 0.6),
    Target("engine", "seed 4,000,000", "torch", 0.8),
    Target("engine", "chain 1,000,000: swept in all", "torch", 0.5),
    Target("engine", "chain 1,000,000: unswept in all", "torch", 0.5),
    Target("engine", "chain 1,000,000: peak", "torch", 0.5),
    Target("engine", "import, beyond NumPy's", "", 0.060),
    Target("engine", "wheel", "", 4 * 1024 * 1024),
]

SPEED = [
    *(
        Target("speed", f"{operation}, {size} floats", "numpy", 0.9)
        for operation in ("x + x", "x * 2", "exp(x)")
        for size in (4, 64)
    ),
    Target("speed", "seed 4", "numpy", 0.35),
    Target("speed", "seed 4", "torch", 1 / 15),
    Target("speed", "seed 4", "mxnet", 1 / 60),
    Target("speed", "MLP 16-32-32-4", "torch", 0.35),
    Target("speed", "MLP 16-32-32-4", "jax", 0.8),
    Target("speed", "Rosenbrock-100", "torch", 0.25),
    Target("speed", "norm in a while loop", "torch", 0.25),
    Target("speed", "chain of 2,000 scalar operations", "torch", 0.12),
    Target("speed", "seed 100,000", "torch", 0.4),
    Target("speed", "seed 100,000", "jax", 1.5),
    *_both("speed", "seed 4,000,000", "torch", 0.4),
    *_both("speed", "tanh-GELU 4,000,000", "torch", 0.4),
    *_both("speed", "seed 4,000,000", "jax", 3),
    *_both("speed", "tanh-GELU 4,000,000", "jax", 3),
    Target("speed", "layer norm 2000 x 512", "torch", 0.6),
    Target("speed", "softmax cross-entropy 4096 x 1000", "torch", 0.6),
    Target("speed", "broadcast outer 1000 x 1000", "torch", 0.6),
    Target("speed", "MLP 784-256-10", "torch", 0.75),
    Target("speed", "RNN of 35 steps", "torch", 0.7),
    Target("speed", "logistic regression 1000 x 20", "torch", 0.5),
    Target("speed", "LeNet", "torch", 1.5),
    Target("speed", "memory of MLP 784-256-10", "torch", 1),
    Target("speed", "memory of LeNet", "torch", 1),
    Target("speed", "memory of seed 4,000,000", "torch", 1),
    Target("speed", "memory of tanh-GELU 4,000,000", "torch", 1),
]

TARGETS = [*ENGINE, *SPEED]


def verdicts(targets: list[Target], rows: list[Row]) -> list[tuple[str, str]]:
    """Per target "met", "not met" or "not measured", and the line that says why."""
    by_place = {(row.name, row.threads): row for row in rows}
    lines = []
    for target in targets:
        row = by_place.get((target.row, target.threads))
        threads = "1 thread" if target.threads == 1 else f"{target.threads} threads"
        where = f"{target.stage}: {target.row}, {threads}"
        if target.competitor:
            figure = row.ratio("mxlite", to=target.competitor) if row else None
            said = f"{'-' if figure is None else f'{figure:.3g}'} x {TITLES[target.competitor]}"
            limit = f"{target.at_most:.3g}"
        else:
            cell = row.cells.get("mxlite") if row else None
            figure = cell if isinstance(cell, float) else None
            said, limit = (quantity(value, row.unit if row else "") for value in (figure, target.at_most))
        verdict = "not measured" if figure is None else "met" if figure <= target.at_most else "not met"
        lines.append((verdict, f"{where}: {said}, at most {limit}"))
    return lines
