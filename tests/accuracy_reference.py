"""Elementwise operators and their derivatives in mpmath: what tests/tools/accuracy.py compares with.

REFERENCE maps an operator of mxlite._op.registry to (value, {input: partial derivative}), functions of mpmath numbers;
what they raise for, and where they give complex numbers or nan, is outside the domain. FIXED has the arguments that are
not arrays. EXACT are operators that select, round, compare or copy: their results are exact, or one bit of a flag, and
tests/test_every_op.py compares them with NumPy's.
"""
from fractions import Fraction

EXACT = """
absolute positive negative relu floor ceil trunc rint round_away round_ste sign sign_ste copysign spacing
maximum minimum fmax fmin heaviside isnan isinf isfinite isposinf isneginf signbit logical_and logical_or
logical_xor logical_not where clip equal not_equal less less_equal greater greater_equal floor_divide
""".split()
FIXED = {"smooth_l1": {"scalar": 1.0}, "leaky": {"slope": 0.25}, "elu": {"slope": 0.25},
         "hard_sigmoid": {"alpha": 0.25, "beta": 0.5}, "polygamma": {"order": 1}, "bessel_i": {"order": 2}}
SELU_SCALE, SELU_ALPHA = "1.0507009873554804934193349852946", "1.6732632423543772848170429916717"


def reference(mp):
    """{operator: (value, {input: derivative})} with an mpmath context."""
    half = mp.mpf(1) / 2
    scale, alpha = mp.mpf(SELU_SCALE), mp.mpf(SELU_ALPHA)

    def one(value, derivative):
        return value, {"x": derivative}

    def cbrt(x):
        return mp.sign(x) * mp.root(abs(x), 3)

    def sigmoid(x):
        return 1 / (1 + mp.exp(-x))

    def softplus(x):
        return mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x))

    def mish(x):
        t = mp.tanh(softplus(x))
        return t + x * sigmoid(x) * mp.sech(softplus(x)) ** 2

    def density(x):
        return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)

    def normal(x):
        return mp.erfc(-x / mp.sqrt(2)) / 2

    def inner(x):
        return mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x ** 3)

    def inner_slope(x):
        return mp.sqrt(2 / mp.pi) * (1 + 3 * mp.mpf("0.044715") * x ** 2)

    def psi(n, x):
        """The polygamma function of order 0 to 2: mpmath's is slow far to the left of 0."""
        if x > 0:
            return mp.psi(n, x)
        if x == mp.floor(x):
            raise ValueError("a pole")
        s, c = mp.sinpi(x), mp.cospi(x)
        cotangent = (c / s, -mp.pi / s ** 2, 2 * mp.pi ** 2 * c / s ** 3)[n]      # n-th derivative of cot(pi x)
        return (-1) ** n * mp.psi(n, 1 - x) - mp.pi * cotangent

    def exact(v):
        if not mp.isfinite(v):
            raise ValueError("no fraction")
        sign, man, exp, _ = v._mpf_
        return (-1) ** sign * Fraction(int(man)) * Fraction(2) ** int(exp)

    def remainder(x, y):
        found = exact(x) % exact(y)
        return mp.mpf(found.numerator) / found.denominator

    def fmod(x, y):
        return mp.sign(x) * remainder(abs(x), abs(y))

    def whole(x, y):
        return -mp.mpf(int(exact(x) // exact(y)))

    log2, log10 = mp.log(2), mp.log(10)
    return {
        "exp": one(mp.exp, mp.exp), "expm1": one(mp.expm1, mp.exp),
        "log": one(mp.log, lambda x: 1 / x), "log2": one(lambda x: mp.log(x) / log2, lambda x: 1 / (x * log2)),
        "log10": one(mp.log10, lambda x: 1 / (x * log10)), "log1p": one(mp.log1p, lambda x: 1 / (1 + x)),
        "square": one(lambda x: x * x, lambda x: 2 * x), "sqrt": one(mp.sqrt, lambda x: half / mp.sqrt(x)),
        "rsqrt": one(lambda x: 1 / mp.sqrt(x), lambda x: -half / (x * mp.sqrt(x))),
        "cbrt": one(cbrt, lambda x: 1 / (3 * cbrt(x) ** 2)),
        "rcbrt": one(lambda x: 1 / cbrt(x), lambda x: -1 / (3 * x * cbrt(x))),
        "reciprocal": one(lambda x: 1 / x, lambda x: -1 / (x * x)),
        "sin": one(mp.sin, mp.cos), "cos": one(mp.cos, lambda x: -mp.sin(x)),
        "tan": one(mp.tan, lambda x: mp.sec(x) ** 2),
        "arcsin": one(mp.asin, lambda x: 1 / mp.sqrt((1 - x) * (1 + x))),
        "arccos": one(mp.acos, lambda x: -1 / mp.sqrt((1 - x) * (1 + x))),
        "arctan": one(mp.atan, lambda x: 1 / (1 + x * x)),
        "sinh": one(mp.sinh, mp.cosh), "cosh": one(mp.cosh, mp.sinh), "tanh": one(mp.tanh, lambda x: mp.sech(x) ** 2),
        "arcsinh": one(mp.asinh, lambda x: 1 / mp.sqrt(1 + x * x)),
        "arccosh": one(mp.acosh, lambda x: 1 / mp.sqrt((x - 1) * (x + 1))),
        "arctanh": one(mp.atanh, lambda x: 1 / ((1 - x) * (1 + x))),
        "degrees": one(lambda x: x * 180 / mp.pi, lambda x: 180 / mp.pi),
        "radians": one(lambda x: x * mp.pi / 180, lambda x: mp.pi / 180),
        "sigmoid": one(sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
        "log_sigmoid": one(lambda x: -softplus(-x), lambda x: sigmoid(-x)), "softrelu": one(softplus, sigmoid),
        "softsign": one(lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2),
        "mish": one(lambda x: x * mp.tanh(softplus(x)), mish),
        "hard_sigmoid": one(lambda x: min(max(x / 4 + half, mp.mpf(0)), mp.mpf(1)),
                            lambda x: mp.mpf(1) / 4 if abs(x) < 2 else mp.mpf(0)),
        "smooth_l1": one(lambda x: x * x / 2 if abs(x) < 1 else abs(x) - half, lambda x: min(max(x, -1), 1)),
        "leaky": one(lambda x: x if x > 0 else x / 4, lambda x: mp.mpf(1) if x > 0 else mp.mpf(1) / 4),
        "elu": one(lambda x: x if x > 0 else mp.expm1(x) / 4, lambda x: mp.mpf(1) if x > 0 else mp.exp(x) / 4),
        "selu": one(lambda x: scale * (x if x > 0 else alpha * mp.expm1(x)),
                    lambda x: scale * (1 if x > 0 else alpha * mp.exp(x))),
        "gelu": one(lambda x: x * normal(x), lambda x: normal(x) + x * density(x)),
        "gelu_tanh": one(lambda x: x * sigmoid(2 * inner(x)), lambda x: sigmoid(2 * inner(x)) * (
            1 + 2 * x * inner_slope(x) * sigmoid(-2 * inner(x)))),
        "erf": one(mp.erf, lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)),
        "erfc": one(mp.erfc, lambda x: -2 / mp.sqrt(mp.pi) * mp.exp(-x * x)),
        "erfinv": one(mp.erfinv, lambda x: mp.sqrt(mp.pi) / 2 * mp.exp(mp.erfinv(x) ** 2)),
        "gamma": one(mp.gamma, lambda x: mp.gamma(x) * psi(0, x)),
        "gammaln": one(lambda x: mp.log(abs(mp.gamma(x))) if abs(x) < 50 else mp.re(mp.loggamma(x)),
                       lambda x: psi(0, x)),
        "digamma": one(lambda x: psi(0, x), lambda x: psi(1, x)),
        "polygamma": one(lambda x: psi(1, x), lambda x: psi(2, x)),
        "i0": one(lambda x: mp.besseli(0, x), lambda x: mp.besseli(1, x)),
        "bessel_i": one(lambda x: mp.besseli(2, x), lambda x: (mp.besseli(1, x) + mp.besseli(3, x)) / 2),
        "add": (lambda x, y: x + y, {"x1": lambda x, y: mp.mpf(1), "x2": lambda x, y: mp.mpf(1)}),
        "subtract": (lambda x, y: x - y, {"x1": lambda x, y: mp.mpf(1), "x2": lambda x, y: mp.mpf(-1)}),
        "multiply": (lambda x, y: x * y, {"x1": lambda x, y: y, "x2": lambda x, y: x}),
        "true_divide": (lambda x, y: x / y, {"x1": lambda x, y: 1 / y, "x2": lambda x, y: -x / (y * y)}),
        "remainder": (remainder, {"x1": lambda x, y: mp.mpf(1), "x2": whole}),
        "fmod": (fmod, {"x1": lambda x, y: mp.mpf(1),
                        "x2": lambda x, y: -mp.mpf(int(exact(x) / exact(y)))}),
        "power": (mp.power, {"x1": lambda x, y: y * mp.power(x, y - 1),
                             "x2": lambda x, y: mp.power(x, y) * mp.log(x)}),
        "logaddexp": (lambda x, y: max(x, y) + mp.log1p(mp.exp(-abs(x - y))),
                      {"x1": lambda x, y: sigmoid(x - y), "x2": lambda x, y: sigmoid(y - x)}),
        "hypot": (mp.hypot, {"x1": lambda x, y: x / mp.hypot(x, y), "x2": lambda x, y: y / mp.hypot(x, y)}),
        "arctan2": (mp.atan2, {"x1": lambda x, y: y / (x * x + y * y), "x2": lambda x, y: -x / (x * x + y * y)}),
        "ldexp": (lambda x, y: x * mp.power(2, y), {"x1": lambda x, y: mp.power(2, y),
                                                    "x2": lambda x, y: x * mp.power(2, y) * log2}),
        "prelu": (lambda x, y: x if x > 0 else x * y, {"x": lambda x, y: mp.mpf(1) if x > 0 else y,
                                                       "gamma": lambda x, y: mp.mpf(0) if x > 0 else x}),
        "scaled": (lambda x, y, z: x * y + z, {"x": lambda x, y, z: y, "gamma": lambda x, y, z: x,
                                               "beta": lambda x, y, z: mp.mpf(1)}),
    }
