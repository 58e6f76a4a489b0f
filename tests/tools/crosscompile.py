"""Compiles the C of all extensions for other platforms, with the compiler that PyPI's ziglang ships.

usage: python tests/tools/crosscompile.py [--windows-headers DIR] [TARGET ...]

Needs ziglang, pip and a build in place (the C is that under build/release); prints a line per target and exits with 1
if a file does not compile. It shows that the C can be compiled, not that it runs: nothing is linked, and of Windows'
compilers this is clang, not MSVC. NumPy's headers are those of its wheel for the platform. Python's are those of this
Python, with the pyconfig.h of this platform; Windows' is quite another, so DIR has to be a source tree of CPython, of
the minor version that runs this.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from setup import MACROS  # noqa: E402

TARGETS = {     # zig's name of a platform: pip's, for NumPy's wheel
    "x86_64-linux-musl": "musllinux_1_2_x86_64",
    "aarch64-linux-gnu": "manylinux_2_28_aarch64",
    "aarch64-linux-musl": "musllinux_1_2_aarch64",
    "x86_64-macos": "macosx_14_0_x86_64",
    "aarch64-macos": "macosx_14_0_arm64",
    "x86_64-windows-gnu": "win_amd64",
    "aarch64-windows-gnu": "win_arm64",
}
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
# Of this platform's pyconfig.h, what others lack and Python.h asks for.
NOT_THERE = ("HAVE_CRYPT_H", "HAVE_CRYPT_R")


def python_headers(target, windows, into):
    """Writes Python's headers for a target."""
    if "windows" not in target:
        shutil.copytree(sysconfig.get_path("include"), into)
        with (into / "pyconfig.h").open("a", encoding="utf-8") as file:
            file.writelines(f"#undef {name}\n" for name in NOT_THERE)
        return
    shutil.copytree(windows / "Include", into)
    config = next(p for p in (windows / "PC" / "pyconfig.h", windows / "PC" / "pyconfig.h.in") if p.exists())
    shutil.copyfile(config, into / "pyconfig.h")


def numpy_headers(target, into):
    """Unpacks NumPy's headers for a target; returns their folder."""
    subprocess.run([sys.executable, "-m", "pip", "-q", "download", "numpy", "--no-deps", "--only-binary", ":all:",
                    "--python-version", VERSION, "--platform", TARGETS[target], "-d", str(into)], check=True)
    wheel, = into.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(into, [name for name in archive.namelist() if "/_core/include/" in name])
    return into / "numpy" / "_core" / "include"


def failures(target, windows, sources, folder):
    """[(source, what the compiler says)] of the files that do not compile for a target."""
    python_headers(target, windows, folder / "python")
    flags = [*(f"-D{name}={value}" for name, value in MACROS), "-c", "-O0", "-w", "-fno-sanitize=undefined",
             f"-I{folder / 'python'}", f"-I{numpy_headers(target, folder / 'numpy')}", f"-I{ROOT / 'pyx'}"]
    if "windows" in target:
        flags.append("-DMS_WIN64")

    def compiled(source):
        done = subprocess.run([sys.executable, "-m", "ziglang", "cc", "-target", target, *flags, str(source), "-o",
                               str(folder / f"{source.stem}.o")], capture_output=True, text=True, check=False)
        return [(source, done.stderr)] if done.returncode else []

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [failure for found in pool.map(compiled, sources) for failure in found]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--windows-headers", type=pathlib.Path, metavar="DIR")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all of them if none")
    options = parser.parse_args()
    sources = sorted((ROOT / "build" / "release" / "cython").rglob("*.c"))
    if not sources:
        parser.error("there is no C: run `python setup.py build_ext --inplace` first")
    failed = False
    for target in options.targets or TARGETS:
        if "windows" in target and options.windows_headers is None:
            print(f"{target}: left out, for want of --windows-headers")
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = failures(target, options.windows_headers, sources, pathlib.Path(folder))
        print(f"{target}: {len(sources) - len(found)} of {len(sources)} files compile", flush=True)
        for source, text in found:
            failed = True
            print(f"  {source.name}\n    " + "\n    ".join(text.splitlines()[:8]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
