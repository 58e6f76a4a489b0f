/* Arithmetic over strips: several elementwise steps run on eight vectors of elements at a time, which stay in registers
   from one step to the next, where a loop for each step would store and load them.

   Operations are those that IEEE 754 rounds exactly, one at a time, or choices, so results are those of NumPy's loops
   bit by bit, whatever the size of vectors (of two zeros the number is the larger one and the smaller one). Multiplications
   and additions are not contracted, because they lie in different branches. Branches test bits instead of jumping
   through a table: the processor foresees them, also where it must not foresee indirect jumps. GCC and Clang have
   vectors as types; elsewhere there are no strips. */
#ifndef MXLITE_STRIPS_H
#define MXLITE_STRIPS_H
#include <stddef.h>

/* How the value at hand meets the operand: without a bit it is added. */
enum {
    MXLITE_PRODUCT = 1,  /* multiplied */
    MXLITE_INVERSE = 2,  /* subtracted or divided */
    MXLITE_SWAPPED = 4,  /* the operand is the first of the two, which matters with INVERSE */
    MXLITE_NUMBER = 8,   /* the operand is one number for all elements */
    MXLITE_ITSELF = 16,  /* the operand is the value at hand */
    MXLITE_UNARY = 32,   /* there is no operand: the sign changes, with PRODUCT goes away, with INVERSE is the result */
    MXLITE_EXTREME = 64, /* with NUMBER: the larger of the two, with INVERSE the smaller; nan if one is nan */
    MXLITE_FRESH = 128,  /* the value at hand is loaded first, otherwise it is that of the step before */
    MXLITE_STORED = 256
};

/* Places are addresses at the first element, and masks: 0 for what does not move with the elements. */
typedef struct {
    int operation;
    const char *from, *operand;
    char *to;
    size_t from_mask, operand_mask, to_mask;
} mxlite_strip_step;

/* Runs steps over at most so many bytes of each array, whole strips; returns how many. */
typedef size_t (*mxlite_strips)(const mxlite_strip_step *steps, int n, size_t bytes);

#if defined(__GNUC__)
#define MXLITE_EACH(E)                                                      \
    a0 = E(a0, 0), a1 = E(a1, 1), a2 = E(a2, 2), a3 = E(a3, 3),             \
    a4 = E(a4, 4), a5 = E(a5, 5), a6 = E(a6, 6), a7 = E(a7, 7)
#define MXLITE_LOAD(a, k) in[k]
#define MXLITE_PLUS(a, k) a + in[k]
#define MXLITE_LESS(a, k) a - in[k]
#define MXLITE_FROM(a, k) in[k] - a
#define MXLITE_TIMES(a, k) a * in[k]
#define MXLITE_OVER(a, k) a / in[k]
#define MXLITE_UNDER(a, k) in[k] / a
#define MXLITE_PLUS_NUMBER(a, k) a + x
#define MXLITE_LESS_NUMBER(a, k) a - x
#define MXLITE_FROM_NUMBER(a, k) x - a
#define MXLITE_TIMES_NUMBER(a, k) a * x
#define MXLITE_OVER_NUMBER(a, k) a / x
#define MXLITE_UNDER_NUMBER(a, k) x / a
#define MXLITE_TWICE(a, k) a + a
#define MXLITE_SQUARE(a, k) a * a
#define MXLITE_OPPOSITE(a, k) -a
#define MXLITE_BITS_WHERE(condition, a) ((strip_bits) (condition) & (strip_bits) (a))
#define MXLITE_CHOSEN(condition, a, b) \
    (strip_value) (MXLITE_BITS_WHERE(condition, a) | MXLITE_BITS_WHERE(~(condition), b))
#define MXLITE_LARGER(a, k) MXLITE_CHOSEN((a > many), a, MXLITE_CHOSEN((a == a), many, a))
#define MXLITE_SMALLER(a, k) MXLITE_CHOSEN((a < many), a, MXLITE_CHOSEN((a == a), many, a))
#define MXLITE_SIGN(a, k) \
    (strip_value) (MXLITE_BITS_WHERE(a > 0, ones) | MXLITE_BITS_WHERE(a < 0, -ones) | MXLITE_BITS_WHERE(a != a, a))
#define MXLITE_SIZE(a, k) (strip_value) ((strip_bits) a & positive)

#define MXLITE_STRIPS(NAME, TARGET, ELEMENT, BITS, WIDTH)                                                           \
    TARGET static size_t NAME(const mxlite_strip_step *steps, int n, size_t bytes) {                                \
        typedef ELEMENT strip_value __attribute__((vector_size(WIDTH)));                                            \
        typedef BITS strip_bits __attribute__((vector_size(WIDTH)));                                                \
        typedef ELEMENT strip_memory __attribute__((vector_size(WIDTH), aligned(sizeof(ELEMENT)), may_alias));      \
        strip_value a0 = {0}, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;                        \
        const strip_value ones = a0 + 1;                                                                            \
        const BITS positive = (BITS) -1 >> 1;                                                                       \
        size_t at;                                                                                                  \
        for (at = 0; at + 8 * WIDTH <= bytes; at += 8 * WIDTH) {                                                    \
            for (int k = 0; k < n; k++) {                                                                           \
                const mxlite_strip_step *s = steps + k;                                                             \
                const int operation = s->operation;                                                                 \
                if (operation & MXLITE_FRESH) {                                                                     \
                    const strip_memory *in = (const strip_memory *) (s->from + (at & s->from_mask));                \
                    MXLITE_EACH(MXLITE_LOAD);                                                                       \
                }                                                                                                   \
                if (operation & (MXLITE_NUMBER | MXLITE_ITSELF | MXLITE_UNARY)) {                                   \
                    if (operation & MXLITE_NUMBER) {                                                                \
                        const ELEMENT x = *(const ELEMENT *) s->operand;                                            \
                        if (operation & MXLITE_EXTREME) {                                                           \
                            const strip_value many = ones * x;                                                      \
                            if (operation & MXLITE_INVERSE) MXLITE_EACH(MXLITE_SMALLER);                            \
                            else MXLITE_EACH(MXLITE_LARGER);                                                        \
                        } else if (operation & MXLITE_INVERSE) {                                                    \
                            if (operation & MXLITE_PRODUCT) {                                                       \
                                if (operation & MXLITE_SWAPPED) MXLITE_EACH(MXLITE_UNDER_NUMBER);                   \
                                else MXLITE_EACH(MXLITE_OVER_NUMBER);                                               \
                            } else {                                                                                \
                                if (operation & MXLITE_SWAPPED) MXLITE_EACH(MXLITE_FROM_NUMBER);                    \
                                else MXLITE_EACH(MXLITE_LESS_NUMBER);                                               \
                            }                                                                                       \
                        } else {                                                                                    \
                            if (operation & MXLITE_PRODUCT) MXLITE_EACH(MXLITE_TIMES_NUMBER);                       \
                            else MXLITE_EACH(MXLITE_PLUS_NUMBER);                                                   \
                        }                                                                                           \
                    } else if (operation & MXLITE_ITSELF) {                                                         \
                        if (operation & MXLITE_PRODUCT) MXLITE_EACH(MXLITE_SQUARE);                                 \
                        else MXLITE_EACH(MXLITE_TWICE);                                                             \
                    } else {                                                                                        \
                        if (operation & MXLITE_INVERSE) MXLITE_EACH(MXLITE_SIGN);                                   \
                        else if (operation & MXLITE_PRODUCT) MXLITE_EACH(MXLITE_SIZE);                              \
                        else MXLITE_EACH(MXLITE_OPPOSITE);                                                          \
                    }                                                                                               \
                } else {                                                                                            \
                    const strip_memory *in = (const strip_memory *) (s->operand + (at & s->operand_mask));          \
                    if (operation & MXLITE_INVERSE) {                                                               \
                        if (operation & MXLITE_PRODUCT) {                                                           \
                            if (operation & MXLITE_SWAPPED) MXLITE_EACH(MXLITE_UNDER);                              \
                            else MXLITE_EACH(MXLITE_OVER);                                                          \
                        } else {                                                                                    \
                            if (operation & MXLITE_SWAPPED) MXLITE_EACH(MXLITE_FROM);                               \
                            else MXLITE_EACH(MXLITE_LESS);                                                          \
                        }                                                                                           \
                    } else {                                                                                        \
                        if (operation & MXLITE_PRODUCT) MXLITE_EACH(MXLITE_TIMES);                                  \
                        else MXLITE_EACH(MXLITE_PLUS);                                                              \
                    }                                                                                               \
                }                                                                                                   \
                if (operation & MXLITE_STORED) {                                                                    \
                    strip_memory *out = (strip_memory *) (s->to + (at & s->to_mask));                               \
                    out[0] = a0, out[1] = a1, out[2] = a2, out[3] = a3;                                             \
                    out[4] = a4, out[5] = a5, out[6] = a6, out[7] = a7;                                             \
                }                                                                                                   \
            }                                                                                                       \
        }                                                                                                           \
        return at;                                                                                                  \
    }

MXLITE_STRIPS(mxlite_strips_4, , float, unsigned, 16)
MXLITE_STRIPS(mxlite_strips_8, , double, unsigned long long, 16)
#if defined(__x86_64__)
MXLITE_STRIPS(mxlite_strips_4_avx2, __attribute__((target("avx2"))), float, unsigned, 32)
MXLITE_STRIPS(mxlite_strips_8_avx2, __attribute__((target("avx2"))), double, unsigned long long, 32)
#endif
#endif

enum { MXLITE_STRIP = 256 }; /* bytes of the longest strip */

/* The loop for elements of 4 or 8 bytes; NULL where there are no strips. */
static inline mxlite_strips mxlite_strips_of(int width) {
#if defined(__GNUC__) && defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) return width == 4 ? mxlite_strips_4_avx2 : mxlite_strips_8_avx2;
#endif
#if defined(__GNUC__)
    return width == 4 ? mxlite_strips_4 : mxlite_strips_8;
#else
    return NULL;
#endif
}
#endif
