from numpy import ndarray

def standardize(
    x: ndarray, shape: tuple[int, int, int], eps: float, y: ndarray, mean: ndarray, inverse: ndarray
) -> None: ...
def standardize_pulled(
    g: ndarray, g_mean: ndarray, g_inverse: ndarray, y: ndarray, inverse: ndarray, shape: tuple[int, int, int],
    out: ndarray,
) -> None: ...
