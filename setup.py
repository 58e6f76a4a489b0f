"""Finds the extensions under pyx/ and says how they are compiled; everything else is in pyproject.toml."""

import os
import shutil
import sys
from pathlib import Path

import Cython
import numpy
from Cython.Build import cythonize
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

DEBUG = os.environ.get("MXLITE_DEBUG", "0") not in ("", "0")
SANITIZE = os.environ.get("MXLITE_SANITIZE", "")  # for -fsanitize=; tests/tools/sanitize.sh runs the tests with it
SOURCES = Path("pyx")  # relative: setuptools runs this file from its own directory and wants relative sources
FLAVOUR = Path("build", "debug" if DEBUG else "sanitize" if SANITIZE else "release")

DIRECTIVES = {
    "language_level": 3,
    "binding": True,
    "boundscheck": DEBUG,
    "wraparound": DEBUG,
    "initializedcheck": DEBUG,
    "cdivision": not DEBUG,
    "freethreading_compatible": True,        # tests/tools/trust.py, row free-parallel, says on what grounds
    "allow_none_for_extension_args": False,  # None raises TypeError instead of crashing
}

MACROS = [
    # Cython emits no deprecated call itself; this keeps hand-written C from adding one.
    ("NPY_NO_DEPRECATED_API", "NPY_2_0_API_VERSION"),
    # Built with any NumPy 2, the binaries then run on every NumPy 2.
    ("NPY_TARGET_VERSION", "NPY_2_0_API_VERSION"),
]
if not DEBUG:
    MACROS.append(("CYTHON_WITHOUT_ASSERTIONS", "1"))
if SANITIZE:
    MACROS.append(("CYTHON_USE_FREELISTS", "0"))  # memory is given back, so that a use after that is seen


class BuildExtensions(build_ext):
    """Translates and compiles here, not in setup(): an sdist or a metadata query then needs no C at all."""

    def build_extensions(self):
        if self.compiler.compiler_type == "msvc":
            compile_args, link_args = (["/Od", "/Zi"], ["/DEBUG"]) if DEBUG else (["/O2"], [])
        else:
            compile_args, link_args = (["-Og", "-g"], []) if DEBUG else (["-O3", "-g0"], [])
            if SANITIZE:
                instrument = [f"-fsanitize={SANITIZE}", "-fno-omit-frame-pointer"]
                compile_args, link_args = ["-O1", "-g", *instrument], instrument
            elif sys.platform == "linux" and not DEBUG:
                link_args.append("-Wl,--strip-all")  # the symbol table is a third of an unstripped wheel
            self.parallel = self.parallel or os.cpu_count()  # MSVC sets itself up lazily, which threads would race

        # Binaries are up to date only if they came from the same flavour and tools: the stamp is newer after a change.
        # Cython's and NumPy's files themselves do not say: in an environment made for one build all of them are new.
        stamp = Path("build", "flavour")
        tools = f"Cython {Cython.__version__}, NumPy {numpy.__version__}"
        before = stamp.read_text() if stamp.exists() else ""
        again = self.force or not before.endswith(tools)
        if again or not all_translated():
            translate(self.extensions, again)
        if before != f"{FLAVOUR.name}, {tools}":
            stamp.write_text(f"{FLAVOUR.name}, {tools}")
        for extension in self.extensions:
            source, = extension.sources
            extension.sources = [str(translation(source))] if source.endswith(".pyx") else extension.sources
            extension.depends = [*(file for file in extension.depends if not Path(file).is_absolute()), str(stamp)]
            extension.extra_compile_args += compile_args
            extension.extra_link_args += link_args
            if self.editable_mode:
                self.take_from_source(extension)
        super().build_extensions()

    def take_from_source(self, extension):
        """Lets the binary in the tree, if there is one, be the one to be brought up to date: pip builds elsewhere."""
        built = Path(self.get_ext_fullpath(extension.name))
        ours = Path(*extension.name.split(".")[:-1], built.name)
        if ours.exists() and not built.exists():
            built.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ours, built)


def translation(source):
    """The C of a .pyx."""
    return FLAVOUR / "cython" / Path(source).with_suffix(".c")


def all_translated():
    """Whether the C of every .pyx is newer than all that any of it could come from."""
    sources = [Path(__file__), *(file for file in SOURCES.rglob("*") if file.is_file())]
    made = [translation(source) for source in SOURCES.rglob("*.pyx")]
    return all(c.exists() for c in made) and (
        min(c.stat().st_mtime for c in made) > max(source.stat().st_mtime for source in sources))


def translate(extensions, force):
    """Writes the C of the extensions, each if something is newer, and tells them what it depends on."""
    translated = cythonize(
        extensions,
        include_path=[str(SOURCES)],
        build_dir=str(FLAVOUR / "cython"),
        compiler_directives=DIRECTIVES,
        nthreads=os.cpu_count() or 1,
        force=force,
    )
    for extension, c in zip(extensions, translated, strict=True):
        extension.sources, extension.depends = c.sources, c.depends


def extension(source):
    """pyx/mxlite/_engine/tape.pyx is the module mxlite._engine.tape."""
    return Extension(
        ".".join(source.relative_to(SOURCES).with_suffix("").parts),
        [source.as_posix()],
        include_dirs=[numpy.get_include(), str(SOURCES)],
        define_macros=MACROS,
        undef_macros=["NDEBUG"] if DEBUG else [],
    )


if __name__ == "__main__":  # the translator's worker processes import this file again
    setup(
        ext_modules=[extension(source) for source in sorted(SOURCES.rglob("*.pyx"))],
        cmdclass={"build_ext": BuildExtensions},
    )
