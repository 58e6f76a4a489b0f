import numpy

select: numpy.ufunc
