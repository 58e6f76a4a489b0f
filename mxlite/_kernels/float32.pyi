import numpy as np

exp: np.ufunc
log: np.ufunc
sin: np.ufunc
cos: np.ufunc
tanh: np.ufunc
