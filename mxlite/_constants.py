"""Numbers and dtypes that namespace np offers by name."""

import numpy
from numpy import bool_ as bool_
from numpy import dtype as dtype
from numpy import float16 as float16
from numpy import float32 as float32
from numpy import float64 as float64
from numpy import int8 as int8
from numpy import int16 as int16
from numpy import int32 as int32
from numpy import int64 as int64
from numpy import uint8 as uint8
from numpy import uint16 as uint16
from numpy import uint32 as uint32
from numpy import uint64 as uint64

e = numpy.e
inf = numpy.inf
nan = numpy.nan
newaxis = None
pi = numpy.pi

# Spellings that NumPy 2 has dropped and MXNet has.
NAN = NaN = numpy.nan
NINF = -numpy.inf
NZERO = -0.0
PINF = numpy.inf
PZERO = 0.0

bool = bool                 # Python's own, as in MXNet

boolean_dtypes = [numpy.dtype(bool_)]
integer_dtypes = [numpy.dtype(t) for t in (int8, int16, int32, int64, uint8, uint16, uint32, uint64)]
floating_dtypes = [numpy.dtype(t) for t in (float16, float32, float64)]
numeric_dtypes = [*integer_dtypes, *floating_dtypes]
