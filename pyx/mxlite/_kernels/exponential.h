/* Loops around an exponential of float32, compiled for several instruction sets, of which the processor takes the best.

   exp(x) = 2^n exp(r) with n the integer next to x / ln 2. ln 2 in two parts keeps r exact (Cody and Waite); exp(r) is
   the polynomial of Cephes' expf. Within 1.1 units in the last place for every float, subnormal results included:
   2^n is applied in two factors, as n reaches from -150 to 129. nan stays nan. */
#ifndef MXLITE_EXPONENTIAL_H
#define MXLITE_EXPONENTIAL_H
#include <stddef.h>
#include <string.h>

#if defined(_MSC_VER)
#define MXLITE_INLINE static __forceinline
#else
#define MXLITE_INLINE static inline __attribute__((always_inline))
#endif

MXLITE_INLINE float mxlite_exp(float x) {
    const float magic = 12582912.0f; /* 1.5 * 2^23: a sum with it is rounded to an integer, in the low bits */
    float t, n, r, p, low, high;
    int whole, half;
    unsigned bits, beyond;
    /* -104 below it, 89 above it, by the bits: the comparison of floats could trap and would keep loops from vectors. */
    memcpy(&bits, &x, 4);
    beyond = 0u - (bits - 0xC2D00001u <= 0xFF800000u - 0xC2D00001u);
    bits = (bits & ~beyond) | (0xC2D00000u & beyond);
    beyond = 0u - (bits - 0x42B20001u <= 0x7F800000u - 0x42B20001u);
    bits = (bits & ~beyond) | (0x42B20000u & beyond);
    memcpy(&x, &bits, 4);
    t = x * 1.44269504088896341f + magic;
    n = t - magic;
    r = x - n * 0.693359375f;
    r = r - n * -2.12194440e-4f;
    p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    memcpy(&whole, &t, 4);
    whole -= 0x4B400000; /* the bits of magic */
    half = whole >> 1;
    whole = (int)((unsigned)(whole - half + 127) << 23);
    half = (int)((unsigned)(half + 127) << 23);
    memcpy(&low, &half, 4);
    memcpy(&high, &whole, 4);
    return p * low * high;
}

typedef struct {
    void (*exp_less)(const float *x, float shift, float *out, ptrdiff_t n);                    /* exp(x - shift) */
    void (*less_exp)(const float *g, const float *y, float scale, float *out, ptrdiff_t n);    /* g - scale exp(y) */
    void (*times_exp)(const float *y, float scale, float *out, ptrdiff_t n);                   /* scale exp(y) */
    void (*less_both)(const float *x, float first, float second, float *out, ptrdiff_t n);     /* x - first - second */
} mxlite_exponential;

#define MXLITE_LOOPS(NAME, TARGET)                                                                           \
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
    static const mxlite_exponential NAME = {NAME##_exp_less, NAME##_less_exp, NAME##_times_exp, NAME##_less_both};

MXLITE_LOOPS(mxlite_baseline, )
#if defined(__GNUC__) && defined(__x86_64__)
MXLITE_LOOPS(mxlite_avx2, __attribute__((target("avx2,fma"))))
#endif

static const mxlite_exponential *mxlite_best_exponential(void) {
#if defined(__GNUC__) && defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &mxlite_avx2;
#endif
    return &mxlite_baseline;
}
#endif
