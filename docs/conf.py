"""Sphinx: `python -m sphinx -W -b html docs build/docs`, with what `pip install -e '.[docs]'` installs. No network."""

import pathlib
import sys

import mxlite

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]

project = "mxlite"
author = "the mxlite developers"
copyright = author
version = release = mxlite.__version__

extensions = ["myst_parser", "reference"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
exclude_patterns = ["_build", "recipe"]
# benchmarks/results.md, which is included, goes from its title to headings of the third level.
suppress_warnings = ["myst.header"]
default_role = "code"       # of docstrings, which write `x` for code

myst_enable_extensions = ["dollarmath", "attrs_block", "colon_fence"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"mxlite {version}"
html_static_path = ["style"]
html_css_files = ["mxlite.css"]
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
add_module_names = False
python_maximum_signature_line_length = 100
toc_object_entries = False
pygments_style = "default"
