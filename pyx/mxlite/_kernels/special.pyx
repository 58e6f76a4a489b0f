"""Special functions as NumPy ufuncs: erf, erfc, erfinv, gamma, gammaln, digamma, polygamma, bessel_i.

NumPy has none of them, and written with its ufuncs each would need several passes. As ufuncs they run in loop programs
and may stand in derivative formulas. float64 and float32 have loops of their own, float16 is computed in a wider type.
What C99 has comes from the C library; the rest is below, accurate to a few units in the last place (digamma: absolutely
so near its zeros on the negative axis).
"""
from libc.math cimport (
    INFINITY, NAN, copysign, erf as c_erf, erfc as c_erfc, exp, fabs, floor, isinf, isnan, lgamma, log, pow, sqrt, tan,
    tgamma,
)
from numpy cimport (
    import_array, import_umath, npy_intp, NPY_FLOAT16, NPY_FLOAT32, NPY_FLOAT64, PyUFunc_FromFuncAndData,
    PyUFuncGenericFunction,
)

import_array()
import_umath()

cdef extern from "<math.h>" nogil:
    float erff(float)
    float erfcf(float)

cdef extern from "numpy/ufuncobject.h" nogil:
    void PyUFunc_d_d(char**, const npy_intp*, const npy_intp*, void*)
    void PyUFunc_f_f(char**, const npy_intp*, const npy_intp*, void*)
    void PyUFunc_f_f_As_d_d(char**, const npy_intp*, const npy_intp*, void*)
    void PyUFunc_e_e_As_f_f(char**, const npy_intp*, const npy_intp*, void*)
    void PyUFunc_e_e_As_d_d(char**, const npy_intp*, const npy_intp*, void*)
    void PyUFunc_dd_d(char**, const npy_intp*, const npy_intp*, void*)
    void PyUFunc_ff_f_As_dd_d(char**, const npy_intp*, const npy_intp*, void*)
    void PyUFunc_ee_e_As_dd_d(char**, const npy_intp*, const npy_intp*, void*)

cdef double PI = 3.141592653589793
cdef double HALF_SQRT_PI = 0.8862269254527580


cdef double erfinv_double(double p) noexcept nogil:
    """Halley's iteration on erf(x) = p; near the ends on erfc, which keeps its relative accuracy there."""
    cdef double a = fabs(p), q = 1 - a, x, t, u, e
    cdef int _step
    if not a < 1:
        return copysign(INFINITY, p) if a == 1 else NAN
    if a < 0.5:
        t = 0.5 * PI * a * a           # the first terms of the power series
        x = HALF_SQRT_PI * a * (1 + t / 6 + t * t * (7.0 / 120))
    else:
        u = log(q * (1 + a))             # an elementary approximation of erf, solved for x
        t = 2 / (PI * 0.147) + 0.5 * u
        x = sqrt(sqrt(t * t - u / 0.147) - t)
    for _step in range(2 if a < 0.5 else 3):
        e = (c_erf(x) - a if a < 0.5 else q - c_erfc(x)) * HALF_SQRT_PI * exp(x * x)
        x -= e / (1 + x * e)
    return copysign(x, p)


# The zero of digamma on the positive axis, in two parts, and the Taylor coefficients there.
cdef double ZERO_HIGH = 1.4616321449683622
cdef double ZERO_LOW = 9.549995429965697e-17
cdef double[29] AT_ZERO = [
    0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652, 0.10782405069126237,
    -0.07219956125645471, 0.04880428816414311, -0.03316112647484736, 0.022597648232218104, -0.01542476590494896,
    0.010538791616612175, -0.007204534386356869, 0.004926781395729853, -0.003369801655439328, 0.002305126326734928,
    -0.0015769367714301972, 0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602,
    -0.0003454680251063077, 0.00023635601564027053, -0.00016170622091974803, 0.0001106337276874741,
    -7.569179582195066e-05, 5.178575795222081e-05, -3.5430070947659604e-05, 2.424006611860132e-05,
    -1.6584242271854135e-05, 1.134638458466385e-05]
# Bernoulli numbers B_2j: over 2j, for digamma; over (2j)!, for its derivatives.
cdef double[8] BERNOULLI = [
    1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160]
cdef double[12] BERNOULLI_FACTORIAL = [
    0.08333333333333333, -0.001388888888888889, 3.306878306878307e-05, -8.267195767195768e-07, 2.08767569878681e-08,
    -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15,
    -2.174868698558062e-16, 5.5090028283602295e-18, -1.3954464685812522e-19]


cdef double digamma_double(double x) noexcept nogil:
    """Reflection for negative x; near the zero a Taylor series; else recurrence up to the asymptotic expansion."""
    cdef double out = 0, z, d, series
    cdef int k
    if isnan(x) or x == INFINITY:
        return x
    if x <= 0:
        if x == floor(x):
            return -copysign(INFINITY, x) if x == 0 else NAN
        out = -PI / tan(PI * (x - floor(x + 0.5)))
        x = 1 - x
    d = (x - ZERO_HIGH) - ZERO_LOW
    if fabs(d) < 0.35:
        series = 0
        for k in range(28, -1, -1):
            series = series * d + AT_ZERO[k]
        return out + series * d
    while x < 10:
        out -= 1 / x
        x += 1
    z = 1 / (x * x)
    series = 0
    for k in range(7, -1, -1):
        series = series * z + BERNOULLI[k]
    return out + log(x) - 0.5 / x - series * z


cdef double zeta(double s, double x) noexcept nogil:
    """Sum of (x + k) ** -s over k = 0, 1, ... for s >= 2 and x > 0: leading terms, then Euler and Maclaurin."""
    cdef double out = 0, power, factor = s
    cdef int j
    while x < 12 + s:
        power = pow(x, -s)
        out += power
        if power <= 1e-17 * out:         # of a large s the first terms are all there is
            return out
        x += 1
    power = pow(x, -s)
    out += power * x / (s - 1) + 0.5 * power
    power /= x
    for j in range(12):
        out += BERNOULLI_FACTORIAL[j] * factor * power
        factor *= (s + 2 * j + 1) * (s + 2 * j + 2)
        power /= x * x
    return out


cdef enum:
    MAX_ORDER = 20


cdef double cot_derivative(int n, double r) noexcept nogil:
    """The n-th derivative of cot(pi x) at x = r: a polynomial in cot(pi r)."""
    cdef double c = 1 / tan(PI * r), out = 0
    cdef double[MAX_ORDER + 3] p
    cdef double[MAX_ORDER + 3] q
    cdef int k, step
    for k in range(MAX_ORDER + 3):
        p[k] = k == 1
    for step in range(n):
        # (p(c))' = -pi (1 + c c) p'(c)
        for k in range(MAX_ORDER + 3):
            q[k] = 0
        for k in range(1, step + 2):
            q[k - 1] -= PI * k * p[k]
            q[k + 1] -= PI * k * p[k]
        for k in range(MAX_ORDER + 3):
            p[k] = q[k]
    for k in range(n + 1, -1, -1):
        out = out * c + p[k]
    return out


cdef double polygamma_double(double order, double x) noexcept nogil:
    """The derivative of digamma of a given order, a whole number."""
    cdef double s = order + 1, sign, out = 0, nearest, at
    cdef int k
    if order == 0:
        return digamma_double(x)
    if isnan(x) or not order > 0 or order != floor(order) or isinf(order):
        return NAN
    sign = 1 if s == 2 * floor(s / 2) else -1     # (-1) ** s
    if isinf(x):
        return 0 if x > 0 else NAN
    if x > 0:
        return sign * tgamma(s) * zeta(s, x)
    if x == floor(x):
        return INFINITY if sign > 0 else NAN
    if order <= MAX_ORDER:
        return -sign * polygamma_double(order, 1 - x) - PI * cot_derivative(<int> order, x - floor(x + 0.5))
    # High orders: only the nearest poles count. They lie at 0, -1, -2, ...
    nearest = floor(x + 0.5)
    for k in range(-10, 11):
        if k >= nearest:
            at = x - nearest + k
            out += (sign if at < 0 else 1) * pow(fabs(at), -s)
    return sign * tgamma(s) * out


cdef double bessel_i_double(double order, double x) noexcept nogil:
    """The power series of the modified Bessel function; its terms have one sign."""
    cdef double term = 1, out, quarter = 0.25 * x * x, k = 1
    if isnan(x) or not order >= 0 or order != floor(order):
        return NAN
    if isinf(x) or order > 1e6:
        return 0 if not isinf(x) else INFINITY if x > 0 or order == 2 * floor(order / 2) else -INFINITY
    while k <= order:
        term *= 0.5 * x / k
        k += 1
    out = term
    k = 1
    while fabs(term) > 1e-17 * fabs(out) and not isinf(out):
        term *= quarter / (k * (k + order))
        out += term
        k += 1
    return out


cdef enum:
    FUNCTIONS = 8
    DTYPES = 3

cdef PyUFuncGenericFunction loops[FUNCTIONS * DTYPES]
cdef void* data[FUNCTIONS * DTYPES]
cdef char types_1[2 * DTYPES]
cdef char types_2[3 * DTYPES]
cdef int k

for k in range(2 * DTYPES):
    types_1[k] = (NPY_FLOAT16, NPY_FLOAT32, NPY_FLOAT64)[k // 2]
for k in range(3 * DTYPES):
    types_2[k] = (NPY_FLOAT16, NPY_FLOAT32, NPY_FLOAT64)[k // 3]


cdef object unary(int slot, const char* name, const char* doc, void* wide, void* single):
    """A ufunc of one operand from its C function; `single` is the float32 form, or NULL to compute in float64."""
    cdef int at = slot * DTYPES
    loops[at] = <PyUFuncGenericFunction> (PyUFunc_e_e_As_f_f if single else PyUFunc_e_e_As_d_d)
    loops[at + 1] = <PyUFuncGenericFunction> (PyUFunc_f_f if single else PyUFunc_f_f_As_d_d)
    loops[at + 2] = <PyUFuncGenericFunction> PyUFunc_d_d
    data[at] = data[at + 1] = single if single else wide
    data[at + 2] = wide
    return PyUFunc_FromFuncAndData(&loops[at], &data[at], types_1, DTYPES, 1, 1, -1, name, doc, 0)


cdef object with_order(int slot, const char* name, const char* doc, void* function):
    """A ufunc of an order and an operand, computed in float64."""
    cdef int at = slot * DTYPES
    loops[at] = <PyUFuncGenericFunction> PyUFunc_ee_e_As_dd_d
    loops[at + 1] = <PyUFuncGenericFunction> PyUFunc_ff_f_As_dd_d
    loops[at + 2] = <PyUFuncGenericFunction> PyUFunc_dd_d
    data[at] = data[at + 1] = data[at + 2] = function
    return PyUFunc_FromFuncAndData(&loops[at], &data[at], types_2, DTYPES, 2, 1, -1, name, doc, 0)


erf = unary(0, "erf", "erf(x): the error function.", <void*> c_erf, <void*> erff)
erfc = unary(1, "erfc", "erfc(x): 1 - erf(x), accurate where that is small.", <void*> c_erfc, <void*> erfcf)
erfinv = unary(2, "erfinv", "erfinv(y): the x whose erf is y.", <void*> erfinv_double, NULL)
gamma = unary(3, "gamma", "gamma(x): the gamma function.", <void*> tgamma, NULL)
gammaln = unary(4, "gammaln", "gammaln(x): logarithm of the absolute value of gamma(x).", <void*> lgamma, NULL)
digamma = unary(5, "digamma", "digamma(x): derivative of gammaln.", <void*> digamma_double, NULL)
polygamma = with_order(6, "polygamma", "polygamma(order, x): the derivative of digamma of a given order.",
                       <void*> polygamma_double)
bessel_i = with_order(7, "bessel_i", "bessel_i(order, x): the modified Bessel function of a whole order.",
                      <void*> bessel_i_double)
