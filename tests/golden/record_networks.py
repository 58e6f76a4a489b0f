"""Record how the networks train on real MXNet 1.9.1, in networks/recorded.npz.

Runs under the reference interpreter, a Python 3.8 with `mxnet==1.9.1` and `numpy==1.23.5`:

    python tests/golden/record_networks.py

Each training has a process of its own, in which MXNet has done nothing before.
"""
import os
import pickle
import sys

import mxnet
import numpy
from networks import NETWORKS, RECORDED, source_of, train


def train_in_fork(name, dtype):
    """`train`, run in a child."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.environ["MXNET_MKLDNN_ENABLED"] = str(int(NETWORKS[name].onednn))
        if NETWORKS[name].mode == "np":
            mxnet.npx.set_np()
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump(train(name, mxnet, dtype), pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        found = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(found)


def main():
    """Record all networks. A second training has to give the same numbers: MXNet may read memory it has not written."""
    record = {}
    for name, network in NETWORKS.items():
        record[name + ".source"] = numpy.array(source_of(name))
        for dtype in network.dtypes:
            params, losses, summaries = train_in_fork(name, dtype)
            again = train_in_fork(name, dtype)
            if not (numpy.isfinite(summaries).all() and (again[2] == summaries).all()):
                print("NOT RECORDED", name, dtype)
                return 1
            record[name + ".params"] = numpy.array(params)
            record[f"{name}.{dtype}.losses"] = losses
            record[f"{name}.{dtype}.summaries"] = summaries.astype(dtype)
            print(f"{name:30} {dtype}: {len(losses):2} steps, {len(params):2} parameters, "
                  f"loss {losses[0]:.4f} to {losses[-1]:.4f}")
    numpy.savez_compressed(RECORDED, **record)
    print(RECORDED.stat().st_size, "bytes, MXNet", mxnet.__version__)
    return 0


if __name__ == "__main__":
    sys.exit(main())
