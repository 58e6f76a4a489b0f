import numpy as np

erf: np.ufunc
erfc: np.ufunc
erfinv: np.ufunc
gamma: np.ufunc
gammaln: np.ufunc
digamma: np.ufunc
polygamma: np.ufunc
bessel_i: np.ufunc
