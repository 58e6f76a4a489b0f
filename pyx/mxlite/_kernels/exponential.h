/* exp and tanh of float32 in loops compiled for several instruction sets, of which the processor takes the best.

   exp(x) = 2^n exp(r) with n the integer next to x / ln 2. ln 2 in two parts keeps r exact (Cody and Waite); exp(r) is
   1 + r + r^2 times a minimax polynomial of degree 4, whose relative error is 3.2e-9. Within 1.1 units in the last place
   up to 88, 0 where the result would be no normal number; nan stays nan. */
#ifndef MXLITE_EXPONENTIAL_H
#define MXLITE_EXPONENTIAL_H
#include <stddef.h>
#include <string.h>

#include "targets.h"

MXLITE_INLINE float mxlite_exp(float x) {
    const float magic = 12582912.0f; /* 1.5 * 2^23: a sum with it is rounded to an integer, in the low bits */
    float t, n, r, p, power;
    unsigned bits, low;
    memcpy(&bits, &x, 4);
    t = x * 1.44269504088896341f + magic;
    n = t - magic;
    r = x - n * 0.693359375f;
    r = r - n * -2.12194440e-4f;
    p = 1.3814221602e-3f;
    p = p * r + 8.3688991144e-3f;
    p = p * r + 4.1668403894e-2f;
    p = p * r + 1.6666519642e-1f;
    p = p * r + 4.9999994040e-1f;
    p = p * (r * r) + r + 1.0f;
    /* x from -inf to below -87.3365, the logarithm of 2^-126, told by its bits: a comparison of floats could trap, which
       keeps loops from being vectors. */
    low = 0u - (bits - 0xC2AEAC50u <= 0xFF800000u - 0xC2AEAC50u);
    memcpy(&bits, &t, 4);
    bits = (bits + 127u - 0x4B400000u) << 23; /* 2^n; 0x4B400000 are the bits of magic */
    memcpy(&power, &bits, 4);
    p *= power;
    memcpy(&bits, &p, 4);
    bits &= ~low;
    memcpy(&p, &bits, 4);
    return p;
}

/* tanh to 1.4 units in the last place: below 0.625 x + x^3 times a polynomial of degree 4 in x^2 (the coefficients are
   those of S. Moshier's Cephes library), above 1 - 2 / (exp(2 x) + 1). Choices are made among bits, as above. */
MXLITE_INLINE float mxlite_tanh(float x) {
    float a, q, w, small, large;
    unsigned bits, size, sign, chosen, other, near_zero, beyond;
    memcpy(&bits, &x, 4);
    sign = bits & 0x80000000u;
    size = bits & 0x7FFFFFFFu;
    beyond = 0u - (size > 0x4111999Au);      /* 9.1, where tanh is 1 in float32 */
    near_zero = 0u - (size < 0x3F200000u);
    bits = (0x4111999Au & beyond) | (size & ~beyond);
    memcpy(&a, &bits, 4);
    q = a * a;
    w = -5.70498872745e-3f;
    w = w * q + 2.06390887954e-2f;
    w = w * q - 5.37397155531e-2f;
    w = w * q + 1.33314422036e-1f;
    w = w * q - 3.33332819422e-1f;
    small = a + a * q * w;
    large = 1.0f - 2.0f / (mxlite_exp(2.0f * a) + 1.0f);
    memcpy(&chosen, &small, 4);
    memcpy(&other, &large, 4);
    chosen = (chosen & near_zero) | (other & ~near_zero);
    beyond = 0u - (size > 0x7F800000u);      /* nan */
    chosen = (size & beyond) | (chosen & ~beyond) | sign;
    memcpy(&x, &chosen, 4);
    return x;
}

/* The sum of a row: 16 lanes over 512 elements at a time, so that no more than 36 roundings meet in float32. */
MXLITE_INLINE double mxlite_sum(const float *x, ptrdiff_t n) {
    double total = 0;
    float rest = 0;
    ptrdiff_t k = 0;
    while (n - k >= 16) {
        ptrdiff_t end = n - k > 512 ? k + 512 : k + (n - k) / 16 * 16;
        float lanes[16];
        for (int j = 0; j < 16; j++) lanes[j] = 0;
        for (; k < end; k += 16)
            for (int j = 0; j < 16; j++) lanes[j] += x[k + j];
        for (int half = 8; half; half /= 2)
            for (int j = 0; j < half; j++) lanes[j] += lanes[j + half];
        total += lanes[0];
    }
    for (; k < n; k++) rest += x[k];
    return total + rest;
}

typedef struct {
    double (*sum)(const float *x, ptrdiff_t n);
    void (*exp_less)(const float *x, float shift, float *out, ptrdiff_t n);                    /* exp(x - shift) */
    void (*less_exp)(const float *g, const float *y, float scale, float *out, ptrdiff_t n);    /* g - scale exp(y) */
    void (*times_exp)(const float *y, float scale, float *out, ptrdiff_t n);                   /* scale exp(y) */
    void (*less_both)(const float *x, float first, float second, float *out, ptrdiff_t n);     /* x - first - second */
    void (*tanh)(const float *x, float *out, ptrdiff_t n);
} mxlite_exponential;

#define MXLITE_LOOPS(NAME, TARGET)                                                                           \
    TARGET static double NAME##_sum(const float *x, ptrdiff_t n) { return mxlite_sum(x, n); }                \
    TARGET static void NAME##_exp_less(const float *x, float shift, float *out, ptrdiff_t n) {               \
        for (ptrdiff_t k = 0; k < n; k++) out[k] = mxlite_exp(x[k] - shift);                                 \
    }                                                                                                        \
    TARGET static void NAME##_less_exp(const float *g, const float *y, float scale, float *out, ptrdiff_t n) { \
        for (ptrdiff_t k = 0; k < n; k++) out[k] = g[k] - scale * mxlite_exp(y[k]);                          \
    }                                                                                                        \
    TARGET static void NAME##_times_exp(const float *y, float scale, float *out, ptrdiff_t n) {              \
        for (ptrdiff_t k = 0; k < n; k++) out[k] = scale * mxlite_exp(y[k]);                                 \
    }                                                                                                        \
    TARGET static void NAME##_less_both(const float *x, float first, float second, float *out, ptrdiff_t n) { \
        for (ptrdiff_t k = 0; k < n; k++) out[k] = x[k] - first - second;                                    \
    }                                                                                                        \
    TARGET static void NAME##_tanh(const float *x, float *out, ptrdiff_t n) {                                \
        for (ptrdiff_t k = 0; k < n; k++) out[k] = mxlite_tanh(x[k]);                                        \
    }                                                                                                        \
    static const mxlite_exponential NAME = {NAME##_sum, NAME##_exp_less, NAME##_less_exp, NAME##_times_exp, \
                                            NAME##_less_both, NAME##_tanh};

MXLITE_LOOPS(mxlite_baseline, )
#if MXLITE_HAS_TARGETS
MXLITE_LOOPS(mxlite_avx2, MXLITE_AVX2_FMA)
#endif

static inline const mxlite_exponential *mxlite_best_exponential(void) {
#if MXLITE_HAS_TARGETS
    if (mxlite_takes_avx2_fma()) return &mxlite_avx2;
#endif
    return &mxlite_baseline;
}

/* tanh as an inner loop of a ufunc; `data` is the variant. */
static inline void mxlite_tanh_loop(char **args, const ptrdiff_t *n, const ptrdiff_t *steps, void *data) {
    const mxlite_exponential *loops = (const mxlite_exponential *) data;
    if (steps[0] == 4 && steps[1] == 4)
        loops->tanh((const float *) args[0], (float *) args[1], *n);
    else
        for (ptrdiff_t k = 0; k < *n; k++)
            loops->tanh((const float *) (args[0] + k * steps[0]), (float *) (args[1] + k * steps[1]), 1);
}

/* Whether it is faster than NumPy's, by a factor of three: with AVX2 it is, with AVX-512 NumPy has a fast one. */
static inline int mxlite_has_fast_tanh(void) {
#if MXLITE_HAS_TARGETS
    return mxlite_best_exponential() == &mxlite_avx2 && !__builtin_cpu_supports("avx512f");
#else
    return 0;
#endif
}
#endif
