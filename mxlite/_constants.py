"""Numbers and dtypes that namespace np offers by name."""

import numpy

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
bool_ = numpy.bool_
dtype = numpy.dtype
float16 = numpy.float16
float32 = numpy.float32
float64 = numpy.float64
int8 = numpy.int8
int16 = numpy.int16
int32 = numpy.int32
int64 = numpy.int64
uint8 = numpy.uint8
uint16 = numpy.uint16
uint32 = numpy.uint32
uint64 = numpy.uint64

boolean_dtypes = [numpy.dtype(bool_)]
integer_dtypes = [numpy.dtype(t) for t in (int8, int16, int32, int64, uint8, uint16, uint32, uint64)]
floating_dtypes = [numpy.dtype(t) for t in (float16, float32, float64)]
numeric_dtypes = [*integer_dtypes, *floating_dtypes]
