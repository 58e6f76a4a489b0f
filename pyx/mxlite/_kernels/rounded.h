/* exp, log, sin and cos of float32, computed in double and rounded once: nearly always what a C library gives,
   and with it MXNet.

   exp(x) = 2^n exp(r), n the integer next to x / ln 2; log(x) = n ln 2 + 2 artanh(f / (2 + f)), 1 + f the mantissa in
   [sqrt(1/2), sqrt(2)); sin and cos of what is left of x after n quarters of a turn. The series are those of Taylor, as
   long as it takes for a relative error below 2^-38, so that about one result in ten thousand is not the nearest float.
   Choices are made among bits or between values that both exist, so that the loops can be vectors. */
#ifndef MXLITE_ROUNDED_H
#define MXLITE_ROUNDED_H
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "targets.h"

MXLITE_INLINE uint64_t mxlite_bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, 8);
    return bits;
}

MXLITE_INLINE double mxlite_of_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, 8);
    return x;
}

MXLITE_INLINE uint32_t mxlite_bits_of_float(float x) {
    uint32_t bits;
    memcpy(&bits, &x, 4);
    return bits;
}

MXLITE_INLINE float mxlite_float_of_bits(uint32_t bits) {
    float x;
    memcpy(&x, &bits, 4);
    return x;
}

#define MXLITE_MAGIC 6755399441055744.0 /* 1.5 * 2^52: a sum with it is rounded to an integer, in the low bits */

MXLITE_INLINE float mxlite_rounded_exp(float x) {
    uint32_t bits = mxlite_bits_of_float(x), size = bits & 0x7FFFFFFFu;
    uint32_t far = 0u - (uint32_t) (size - 0x42DC0000u <= 0x7F800000u - 0x42DC0000u); /* from 110 on */
    double z = mxlite_float_of_bits((0x42DC0000u & far) | (size & ~far) | (bits & 0x80000000u)), t, r, p;
    t = z * 1.4426950408889634 + MXLITE_MAGIC;
    r = z - (t - MXLITE_MAGIC) * 0.6931471805599453;
    p = 1.0 / 3628800;
    p = p * r + 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    return (float) (p * mxlite_of_bits((mxlite_bits_of(t) + 1023) << 52));
}

MXLITE_INLINE float mxlite_rounded_log(float x) {
    double z = x, n, f, s, w, p;
    uint32_t small = mxlite_bits_of_float(x), size = small & 0x7FFFFFFFu;
    uint32_t zero = 0u - (uint32_t) (size == 0), infinite = 0u - (uint32_t) (small == 0x7F800000u);
    uint32_t other = 0u - (uint32_t) (small > 0x7F800000u); /* nan, and all that is negative */
    uint64_t bits = mxlite_bits_of(z), at = (bits + 0x00095F619980C433u) >> 52; /* added: 1 - sqrt(1/2) as a mantissa */
    n = mxlite_of_bits(at | 0x4330000000000000u) - (4503599627370496.0 + 1023.0);
    f = mxlite_of_bits(bits - ((at - 1023) << 52)) - 1.0;
    s = f / (2.0 + f);
    w = s * s;
    p = 1.0 / 17;
    p = p * w + 1.0 / 15;
    p = p * w + 1.0 / 13;
    p = p * w + 1.0 / 11;
    p = p * w + 1.0 / 9;
    p = p * w + 1.0 / 7;
    p = p * w + 1.0 / 5;
    p = p * w + 1.0 / 3;
    p = p * w + 1.0;
    p = n * 0.6931471805599453 + 2.0 * s * p;
    size = mxlite_bits_of_float((float) p);
    size = (size & ~infinite) | (0x7F800000u & infinite);
    size = (size & ~other) | (0x7FC00000u & other);
    size = (size & ~zero) | (0xFF800000u & zero);
    return mxlite_float_of_bits(size);
}

/* sin (quarter 0) or cos (1) of |x| up to 2^20: pi / 2 in two parts, of which the first has 33 bits. */
MXLITE_INLINE float mxlite_rounded_turn(float x, uint64_t quarter) {
    double z = x, t, n, r, w, sine, cosine;
    uint64_t bits, odd;
    t = z * 0.6366197723675814 + MXLITE_MAGIC;
    n = t - MXLITE_MAGIC;
    r = (z - n * 1.5707963267341256) - n * 6.077100506506192e-11;
    w = r * r;
    sine = -1.0 / 1307674368000;
    sine = sine * w + 1.0 / 6227020800;
    sine = sine * w - 1.0 / 39916800;
    sine = sine * w + 1.0 / 362880;
    sine = sine * w - 1.0 / 5040;
    sine = sine * w + 1.0 / 120;
    sine = sine * w - 1.0 / 6;
    sine = r * (w * sine + 1.0);
    cosine = 1.0 / 20922789888000;
    cosine = cosine * w - 1.0 / 87178291200;
    cosine = cosine * w + 1.0 / 479001600;
    cosine = cosine * w - 1.0 / 3628800;
    cosine = cosine * w + 1.0 / 40320;
    cosine = cosine * w - 1.0 / 720;
    cosine = cosine * w + 1.0 / 24;
    cosine = cosine * w - 0.5;
    cosine = cosine * w + 1.0;
    bits = mxlite_bits_of(t) + quarter;
    odd = 0u - (bits & 1);
    return (float) mxlite_of_bits(((mxlite_bits_of(cosine) & odd) | (mxlite_bits_of(sine) & ~odd)) ^ (bits & 2) << 62);
}

/* Loops over n elements: `out` may be `x`. */
typedef void (*mxlite_rounded)(const float *x, float *out, ptrdiff_t n);

#define MXLITE_TURN_LOOP(QUARTER, LIBRARY)                                                                            \
    (const float *x, float *out, ptrdiff_t n) {                                                                       \
        for (; n > 0; n -= 256, x += 256, out += 256) {                                                               \
            ptrdiff_t k, m = n < 256 ? n : 256;                                                                       \
            uint32_t far = 0;                                                                                         \
            for (k = 0; k < m; k++) far |= (mxlite_bits_of_float(x[k]) & 0x7FFFFFFFu) > 0x49800000u; /* 2^20 */       \
            if (!far)                                                                                                 \
                for (k = 0; k < m; k++) out[k] = mxlite_rounded_turn(x[k], QUARTER);                                  \
            else                                                                                                      \
                for (k = 0; k < m; k++)                                                                               \
                    out[k] = fabsf(x[k]) <= 1048576.0f ? mxlite_rounded_turn(x[k], QUARTER) : LIBRARY(x[k]);          \
        }                                                                                                             \
    }
#define MXLITE_ROUNDED_LOOPS(NAME, TARGET)                                                                            \
    TARGET static void NAME##_exp(const float *x, float *out, ptrdiff_t n) {                                          \
        for (ptrdiff_t k = 0; k < n; k++) out[k] = mxlite_rounded_exp(x[k]);                                          \
    }                                                                                                                 \
    TARGET static void NAME##_log(const float *x, float *out, ptrdiff_t n) {                                          \
        for (ptrdiff_t k = 0; k < n; k++) out[k] = mxlite_rounded_log(x[k]);                                          \
    }                                                                                                                 \
    TARGET static void NAME##_sin MXLITE_TURN_LOOP(0, sinf)                                                           \
    TARGET static void NAME##_cos MXLITE_TURN_LOOP(1, cosf)                                                           \
    static const mxlite_rounded NAME[4] = {NAME##_exp, NAME##_log, NAME##_sin, NAME##_cos};

MXLITE_ROUNDED_LOOPS(mxlite_rounded_baseline, )
#if MXLITE_HAS_TARGETS
MXLITE_ROUNDED_LOOPS(mxlite_rounded_avx2, MXLITE_AVX2_FMA)
MXLITE_ROUNDED_LOOPS(mxlite_rounded_avx512, MXLITE_AVX512) /* the same bits, two thirds of the time */
#endif

/* exp, log, sin and cos in the form that the processor takes. */
static inline const mxlite_rounded *mxlite_best_rounded(void) {
#if MXLITE_HAS_TARGETS
    if (mxlite_takes_avx512()) return mxlite_rounded_avx512;
    if (mxlite_takes_avx2_fma()) return mxlite_rounded_avx2;
#endif
    return mxlite_rounded_baseline;
}

/* The inner loop of a ufunc; `data` points to one of them. */
static inline void mxlite_rounded_loop(char **args, const ptrdiff_t *n, const ptrdiff_t *steps, void *data) {
    const mxlite_rounded loop = *(const mxlite_rounded *) data;
    if (steps[0] == 4 && steps[1] == 4)
        loop((const float *) args[0], (float *) args[1], *n);
    else
        for (ptrdiff_t k = 0; k < *n; k++)
            loop((const float *) (args[0] + k * steps[0]), (float *) (args[1] + k * steps[1]), 1);
}
#endif
