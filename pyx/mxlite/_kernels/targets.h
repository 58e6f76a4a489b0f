/* What headers share whose loops are compiled for AVX2 and FMA beside the baseline. */
#ifndef MXLITE_TARGETS_H
#define MXLITE_TARGETS_H

#if defined(_MSC_VER)
#define MXLITE_INLINE static __forceinline
#else
#define MXLITE_INLINE static inline __attribute__((always_inline))
#endif

#if defined(__GNUC__) && defined(__x86_64__)
#define MXLITE_HAS_TARGETS 1
#define MXLITE_AVX2_FMA __attribute__((target("avx2,fma")))

/* Whether the processor has both. */
static inline int mxlite_takes_avx2_fma(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}
#else
#define MXLITE_HAS_TARGETS 0
#endif
#endif
