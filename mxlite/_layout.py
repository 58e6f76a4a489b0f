"""Where to draw the nodes and edges of a directed acyclic graph, in layers from top to bottom.

The steps are those of Sugiyama, Tagawa and Toda (1981): layers by longest paths, the order within a layer by
barycenters, positions by least squares subject to that order. Nothing recurses; a graph of a hundred nodes takes some
milliseconds.
"""

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]

GAP_X, GAP_Y = 18.0, 34.0       # between neighbours, and between layers
THIN = 6.0                      # the room of an edge on its way through a layer
SWEEPS = 12


def place(
    sizes: Sequence[Point], edges: Sequence[tuple[int, int]]
) -> tuple[list[Point], list[list[Point]], Point]:
    """(centers of the nodes, points of the edges, (width, height)).

    `sizes` are (width, height) of the nodes in a topological order, `edges` pairs (from, to) of their indices. The
    points of an edge go from the bottom of its first node to the top of its second.
    """
    layer = _layers(len(sizes), edges)
    widths = [width for width, _ in sizes]
    chains = []                 # per edge the nodes it runs through, those made for the purpose included
    for a, b in edges:
        chain = [a]
        for between in range(layer[a] + 1, layer[b]):
            chain.append(len(layer))
            layer.append(between)
            widths.append(THIN)
        chains.append([*chain, b])
    links = sorted({link for chain in chains for link in pairwise(chain)})
    up: list[list[int]] = [[] for _ in layer]
    down: list[list[int]] = [[] for _ in layer]
    for a, b in links:
        down[a].append(b)
        up[b].append(a)
    rows = _ordered(layer, up, down)
    x = _positions(rows, widths, up, down, [_weight(n, len(sizes), up, down) for n in range(len(layer))])
    heights = [max((sizes[n][1] for n in row if n < len(sizes)), default=0.0) for row in rows]
    tops = [0.0]
    for height in heights:
        tops.append(tops[-1] + height + GAP_Y)
    y = [tops[at] + heights[at] / 2 for at in layer]
    routes = []
    for chain in chains:
        a, b = chain[0], chain[-1]
        route = [(x[a], y[a] + sizes[a][1] / 2), (x[a], tops[layer[a]] + heights[layer[a]])]
        for n in chain[1:-1]:
            route += [(x[n], tops[layer[n]]), (x[n], tops[layer[n]] + heights[layer[n]])]
        routes.append([*route, (x[b], tops[layer[b]]), (x[b], y[b] - sizes[b][1] / 2)])
    left = min(x[n] - widths[n] / 2 for n in range(len(x)))
    right = max(x[n] + widths[n] / 2 for n in range(len(x)))
    centers = [(x[n] - left, y[n]) for n in range(len(sizes))]
    return centers, [[(px - left, py) for px, py in route] for route in routes], (right - left, tops[-1] - GAP_Y)


def _layers(n: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Per node its layer: one below the lowest of its inputs; without inputs, one above the highest of its users."""
    layer = [0] * n
    inputs: list[list[int]] = [[] for _ in range(n)]
    users: list[list[int]] = [[] for _ in range(n)]
    for a, b in edges:
        inputs[b].append(a)
        users[a].append(b)
    for b in range(n):
        layer[b] = max((layer[a] + 1 for a in inputs[b]), default=0)
    for a in range(n):
        if not inputs[a] and users[a]:
            layer[a] = min(layer[b] for b in users[a]) - 1
    return layer


def _ordered(layer: list[int], up: list[list[int]], down: list[list[int]]) -> list[list[int]]:
    """The layers, each a list of its nodes from left to right, with few crossings of edges."""
    rows: list[list[int]] = [[] for _ in range(max(layer) + 1)]
    for n, at in enumerate(layer):
        rows[at].append(n)
    best, fewest = [list(row) for row in rows], _crossings(rows, down)
    for sweep in range(SWEEPS):
        beside = down if sweep % 2 else up
        for row, other in pairwise(reversed(rows) if sweep % 2 else rows):
            rank = {n: k for k, n in enumerate(row)}
            here = {n: k for k, n in enumerate(other)}
            near = {n: [rank[m] for m in beside[n] if m in rank] for n in other}
            # Who has no neighbour there stays about where it is.
            scale = len(row) / len(other)
            other.sort(key=lambda n: sum(near[n]) / len(near[n]) if near[n] else here[n] * scale)
        crossings = _crossings(rows, down)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _crossings(rows: list[list[int]], down: list[list[int]]) -> int:
    count = 0
    for upper, lower in pairwise(rows):
        rank = {n: k for k, n in enumerate(lower)}
        ends: list[int] = []     # so far, of the edges that start further left; sorted
        for n in upper:
            mine = sorted(rank[m] for m in down[n])
            for end in mine:
                count += sum(other > end for other in ends)
            ends += mine
    return count


def _weight(n: int, n_real: int, up: list[list[int]], down: list[list[int]]) -> float:
    """How much a node keeps its place and draws its neighbours: edges on their way shall be straight, and what is
    computed shall run down, past the variables beside it."""
    return 4.0 if n >= n_real else 1.0 if up[n] or len(down[n]) > 1 else 0.002


def _positions(rows: list[list[int]], widths: list[float], up: list[list[int]], down: list[list[int]],
               weight: list[float]) -> list[float]:
    """x of every node: near its neighbours, in the given order, without overlap."""
    x = [0.0] * len(widths)
    for row in rows:
        at = 0.0
        for n in row:
            x[n] = at + widths[n] / 2
            at += widths[n] + GAP_X
        for n in row:
            x[n] -= at / 2
    for sweep in range(3 * SWEEPS):
        for row in (reversed(rows) if sweep % 2 else rows):
            wanted, weights = [], [weight[n] for n in row]
            for n in row:
                near = up[n] + down[n] if sweep >= SWEEPS else (down[n] if sweep % 2 else up[n]) or up[n] + down[n]
                wanted.append(sum(x[m] * weight[m] for m in near) / sum(weight[m] for m in near) if near else x[n])
            gaps = [(widths[a] + widths[b]) / 2 + GAP_X for a, b in pairwise(row)]
            for n, at in zip(row, _apart(wanted, weights, gaps), strict=True):
                x[n] = at
    return x


def _apart(wanted: list[float], weights: list[float], gaps: list[float]) -> list[float]:
    """The positions nearest to those wanted, by weighted squares, that keep the gaps: isotonic regression by pooling
    (Ayer et al., 1955)."""
    shift = [0.0]
    for gap in gaps:
        shift.append(shift[-1] + gap)
    pools: list[tuple[float, float, int]] = []      # (mean, weight, members)
    for want, weight, offset in zip(wanted, weights, shift, strict=True):
        pools.append((want - offset, weight, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (a, heavy_a, n_a), (b, heavy_b, n_b) = pools[-2:]
            pools[-2:] = [((a * heavy_a + b * heavy_b) / (heavy_a + heavy_b), heavy_a + heavy_b, n_a + n_b)]
    found = [mean for mean, _, members in pools for _ in range(members)]
    return [base + offset for base, offset in zip(found, shift, strict=True)]
