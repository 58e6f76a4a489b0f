"""Networks train on mxlite as on real MXNet 1.9.1: every loss and every parameter's gradient, step by step."""

import pathlib
import sys

import numpy
import pytest

import mxlite

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "golden"))
from networks import NETWORKS, RECORDED, SUMS, source_of, summary, train

# Relative to a gradient's norm for its norm and sums, to its largest element for elements. That float64 agrees to
# rounding, after all steps, says that what is left in float32 is rounding too.
TOLERANCE = {"float32": 1e-4, "float64": 1e-9}
LOOSE = {"transformer.causal_gelu_adam": 1e-6}      # MXNet computes GELU of float64 in float32

with numpy.load(RECORDED) as archive:
    RECORD = dict(archive)
RUNS = [(name, dtype) for name, network in NETWORKS.items() for dtype in network.dtypes]


def deviations(summaries, expected):
    """What summaries differ by, relative to the scale of the recorded ones."""
    norms, largest = expected[..., :1], expected[..., 1:2]
    assert (largest > 0).all()
    scales = numpy.concatenate([norms, largest] + [norms] * SUMS, axis=-1)
    rest = expected.shape[-1] - scales.shape[-1]
    return abs(summaries - expected) / numpy.concatenate([scales] + [largest] * rest, axis=-1)


@pytest.mark.parametrize(("name", "dtype"), RUNS)
def test_training(name, dtype):
    assert RECORD[f"{name}.source"] == source_of(name), "stale: run tests/golden/record_networks.py under MXNet"
    params, losses, summaries = train(name, mxlite, dtype)
    tolerance = max(TOLERANCE[dtype], LOOSE.get(name, 0))
    assert params == RECORD[f"{name}.params"].tolist()
    expected = RECORD[f"{name}.{dtype}.summaries"].astype("float64")
    assert summaries.shape == expected.shape
    numpy.testing.assert_allclose(losses, RECORD[f"{name}.{dtype}.losses"], rtol=tolerance)
    errors = deviations(summaries, expected).max(axis=-1)
    for step, param in numpy.argwhere(~(errors <= tolerance)):
        what = f"gradient in step {step}" if step < len(losses) else "value after the last step"
        raise AssertionError(f"{params[param]}: {what}: off by {errors[step, param]:.3g}, allowed {tolerance}")


@pytest.mark.parametrize(("name", "dtype"), RUNS)
def test_the_networks_learn(name, dtype):
    losses = RECORD[f"{name}.{dtype}.losses"]
    assert 8 <= len(losses) <= 20
    assert losses[-3:].mean() < 0.8 * losses[:3].mean()


def test_fused_and_unrolled_lstm_are_one_model():
    fused, unrolled = (train(f"lstm.{kind}", mxlite, "float32") for kind in ("fused", "unrolled"))
    numpy.testing.assert_allclose(fused[1], unrolled[1], rtol=1e-5)
    kept = [unrolled[0].index(name) for name in ("embedding", "weight", "bias")]
    assert deviations(unrolled[2][:, kept], fused[2][:, [0, 2, 3]]).max() < 1e-4


def test_a_summary_shows_any_wrong_element():
    rng = numpy.random.default_rng(1)
    x = rng.standard_normal((7, 5))
    right = numpy.array(summary(x))
    for k in range(x.size):
        wrong = x.copy()
        wrong.flat[k] += 1e-2
        assert deviations(numpy.array(summary(wrong)), right).max() > TOLERANCE["float32"]
    assert deviations(numpy.array(summary(x[::-1])), right).max() > 0.1


def test_nothing_is_recorded_in_vain():
    kinds = {name: {"source", "params"} | {f"{d}.{kind}" for d in network.dtypes for kind in ("losses", "summaries")}
             for name, network in NETWORKS.items()}
    assert RECORD.keys() == {f"{name}.{kind}" for name, found in kinds.items() for kind in found}
    assert RECORDED.stat().st_size < 300_000
