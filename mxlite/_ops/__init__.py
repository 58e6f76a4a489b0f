"""The operators, one declaration each, by family. Importing this package registers all of them."""

from mxlite._ops import activation as activation
from mxlite._ops import elementwise as elementwise
from mxlite._ops import logic as logic
from mxlite._ops import special as special
