/* What headers share whose loops are compiled for AVX2 and FMA, and for AVX-512, beside the baseline. */
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
#define MXLITE_AVX512 __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma")))

/* Whether the processor has both. */
static inline int mxlite_takes_avx2_fma(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

/* Whether the processor has the parts of AVX-512 that all but the first such processors have. */
static inline int mxlite_takes_avx512(void) {
    return mxlite_takes_avx2_fma() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}
#else
#define MXLITE_HAS_TARGETS 0
#endif
#endif
