"""Every workload, by group, in the order of the tables."""

from __future__ import annotations

from . import chain, control_flow, large, mlp, networks, process, seed, small, tape

GROUPS = {
    "tape": tape.WORKLOADS,
    "seed": seed.WORKLOADS,
    "chain": chain.WORKLOADS,
    "control_flow": control_flow.WORKLOADS,
    "mlp": mlp.WORKLOADS,
    "small": small.WORKLOADS,
    "large": large.WORKLOADS,
    "networks": networks.WORKLOADS,
    "process": process.WORKLOADS,
}
BY_NAME = {workload.name: workload for group in GROUPS.values() for workload in group}

# Peak memory is taken of these, each in a fresh process.
MEMORY = [BY_NAME[name] for name in ("MLP 784-256-10", "LeNet", "seed 4,000,000", "tanh-GELU 4,000,000")]
