"""The log: what is said, to whom, and that nobody hears it who has not asked."""

import json
import logging
import subprocess
import sys

import numpy
import pytest

from mxlite import np, profiler
from mxlite._log import log

pytestmark = pytest.mark.thread_unsafe(reason="the log's handlers and levels are the process's")

QUIET = """
import json, sys
import numpy
before = "logging" in sys.modules
import mxlite
mxlite.install_as_mxnet()
mxlite.profiler.set_config(filename=sys.argv[1])
mxlite.profiler.dump()
print(json.dumps([before, "logging" in sys.modules]))
"""


def test_silence_by_default(tmp_path):
    done = subprocess.run([sys.executable, "-W", "error", "-c", QUIET, tmp_path / "trace.json"], capture_output=True,
                          text=True, check=True)
    before, after = json.loads(done.stdout)
    assert after == before
    assert done.stderr == ""


LOUD = """
import logging, sys
from mxlite import _log
_log.log("ERROR", "nobody has asked")
logging.basicConfig(format="%(name)s %(levelname)s %(message)s", stream=sys.stdout, level="INFO")
_log.log("DEBUG", "too fine")
_log.log("ERROR", "number %d", 2)
"""


def test_who_asks_is_told():
    done = subprocess.run([sys.executable, "-c", LOUD], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("mxlite ERROR number 2\n", "")


def test_the_logger():
    for _ in range(2):
        log("DEBUG", "a message")
    assert [type(h) for h in logging.getLogger("mxlite").handlers if isinstance(h, logging.NullHandler)] == [
        logging.NullHandler]


def test_messages(caplog, tmp_path):
    caplog.set_level(logging.DEBUG, "mxlite")
    profiler.set_config(filename=tmp_path / "trace.json")
    profiler.dump()
    frozen = numpy.ones(3)
    frozen.flags.writeable = False
    if tuple(map(int, numpy.__version__.split(".")[:2])) >= (2, 1):       # NumPy 2.0 does not hand out such memory
        np.from_dlpack(frozen)
        assert caplog.messages[1] == "from_dlpack: float64[3] is read-only or not aligned, and copied"
    assert caplog.messages[0].startswith("profiler: 0 events written to ")
    profiler.set_config()


def test_a_trace_that_cannot_be_written(caplog, tmp_path):
    """While it runs, the profiler says so in the log and goes on; when it stops, it raises."""
    profiler.set_config(filename=tmp_path / "missing" / "trace.json", continuous_dump=True, dump_period=0.001)
    profiler.start()
    try:
        for _ in range(1000):
            if caplog.records:
                break
            profiler._profiler.ended.wait(0.01)
        assert "could not be written" in caplog.messages[0]
    finally:
        with pytest.raises(OSError, match="missing"):
            profiler.stop()
        profiler.set_config()
