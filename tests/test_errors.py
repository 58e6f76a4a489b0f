"""Bad calls: each raises an error of mxlite that names the operator, and leaves arrays, gradients and tape alone.

The calls stand in tests/golden/errors.txt, what they raise in tests/golden/errors.json; see tests/bad_calls.py.
"""

import json
import subprocess
import sys

import bad_calls
import numpy
import pytest

import mxlite
from mxlite import _errors, autograd, nd, np, npx
from mxlite._errors import ArgumentError, DtypeError, MXNetError

PROGRAMS = bad_calls.read()
RECORDED = json.loads(bad_calls.RECORD.read_text(encoding="utf-8"))
CASES = [(group, k) for group, programs in PROGRAMS.items() for k in range(len(programs))]
BUILTINS = (ValueError, TypeError, IndexError, KeyError, AttributeError, OSError, MemoryError, BufferError,
            NotImplementedError, FloatingPointError, AssertionError)


def test_recording_is_up_to_date():
    """The file of outcomes belongs to the file of calls."""
    assert {g: [entry["call"] for entry in entries] for g, entries in RECORDED.items()} == PROGRAMS, \
        "run tests/bad_calls.py"
    assert sum(map(len, PROGRAMS.values())) >= 700


@pytest.mark.parametrize(("group", "k"), CASES, ids=[f"{g}: {PROGRAMS[g][k]}" for g, k in CASES])
def test_bad_call(group, k):
    """Class and beginning of the message are as recorded; recording or not, nothing has changed afterwards."""
    program, recorded = PROGRAMS[group][k], RECORDED[group][k]
    for recording in (False, True):
        world = bad_calls.World()
        error = world.run(program, recording)
        assert isinstance(error, MXNetError), f"{program} raises {error!r}"
        if not recording:
            # What follows the first colon may be NumPy's, whose wording changes.
            assert type(error).__name__ == recorded["class"], str(error)
            assert str(error).partition(": ")[0] == recorded["message"].partition(": ")[0]
        world.check()


def test_every_class_is_a_built_in_exception_too():
    """Each class of _errors can be caught as MXNetError, and all but those of graphs as a built-in exception."""
    classes = [c for c in vars(_errors).values() if isinstance(c, type) and c.__module__ == "mxlite._errors"]
    assert len(classes) >= 15
    for cls in classes:
        assert issubclass(cls, MXNetError)
        if not issubclass(cls, _errors.GraphError) and cls is not MXNetError:
            assert issubclass(cls, BUILTINS), cls


def test_errors_of_callbacks_pass():
    """What a user's function raises is not touched, whatever calls it."""
    def fails(*_):
        raise ValueError("mine")

    class Fails(autograd.Function):
        forward = fails

    x = np.ones((2, 3))
    for call in (lambda: npx.foreach(fails, x, x), lambda: autograd.value_and_grad(fails)(x), lambda: Fails()(x),
                 lambda: np.apply_along_axis(fails, 0, x), lambda: autograd.vjp(fails, x),
                 lambda: nd.contrib.while_loop(fails, fails, [nd.ones(1)], max_iterations=2)):
        with pytest.raises(ValueError, match=r"^mine$") as caught:
            call()
        assert not isinstance(caught.value, MXNetError)


def test_numpy_functions_that_fall_back():
    """An error inside a NumPy function that is no operator of mxlite is translated, too."""
    x = np.ones((2, 3))
    with pytest.raises(ArgumentError, match=r"^numpy\.fft\(float32\[2, 3\], n=-1\): "):
        numpy.fft.fft(x, n=-1)
    numpy.testing.assert_array_equal(x.asnumpy(), 1)


def test_sources_stay():
    """The exception that NumPy raised is the cause of ours."""
    with pytest.raises(ArgumentError) as caught:
        np.linalg.cholesky(-np.ones((2, 2)))
    assert caught.value.__cause__ is None or isinstance(caught.value.__cause__, ValueError)
    with pytest.raises(DtypeError) as caught:
        np.zeros("x")
    assert isinstance(caught.value.__cause__, TypeError)


def test_array_protocol():
    """A conversion that needs a copy which is forbidden is an error of mxlite."""
    x = np.ones((2, 3))
    with pytest.raises(ArgumentError, match="without a copy"):
        x.__array__("float64", copy=False)


def test_names_that_are_not_there():
    """Names of MXNet that are absent raise an AttributeError that says why."""
    with pytest.raises(MXNetError, match="does not have") as caught:
        mxlite.gluon  # noqa: B018
    assert isinstance(caught.value, AttributeError)
    assert not hasattr(mxlite.np, "nonsense")


def test_messages_are_short():
    """A message shows the shapes of large arguments, not their elements."""
    big = list(range(100000))
    with pytest.raises(MXNetError) as caught:
        np.reshape(np.ones((2, 3)), big)
    assert len(str(caught.value)) < 400


def test_import_needs_nothing_more():
    """The module of errors imports NumPy and the standard library alone."""
    code = "import sys, mxlite._errors; print('ok')"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "ok\n"
