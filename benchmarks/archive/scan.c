/* A popcount scan over codes of four 64-bit words each, at the speed of memory: what the search is measured against.
   With AVX-512 VPOPCNTDQ, eight words at once; without, one word at once. Rows within the radius go to `out`. */
#include <stddef.h>
#include <stdint.h>
#ifdef __AVX512VPOPCNTDQ__
#include <immintrin.h>
#endif

static int apart(const uint64_t *code, const uint64_t *query) {
    int bits = 0;
    for (int word = 0; word < 4; word++) bits += __builtin_popcountll(code[word] ^ query[word]);
    return bits;
}

size_t scan(const uint64_t *codes, size_t rows, const uint64_t *query, int radius, uint32_t *out) {
    size_t found = 0, row = 0;
#ifdef __AVX512VPOPCNTDQ__
    const __m512i twice = _mm512_broadcast_i64x4(_mm256_loadu_si256((const __m256i *)query));
    for (; row + 8 <= rows; row += 8) {
        const uint64_t *at = codes + row * 4;
        __m512i bits[4];
        for (int pair = 0; pair < 4; pair++)
            bits[pair] = _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_loadu_si512(at + 8 * pair), twice));
        __m512i first = _mm512_add_epi64(_mm512_unpacklo_epi64(bits[0], bits[1]), _mm512_unpackhi_epi64(bits[0], bits[1]));
        __m512i last = _mm512_add_epi64(_mm512_unpacklo_epi64(bits[2], bits[3]), _mm512_unpackhi_epi64(bits[2], bits[3]));
        __m512i sum = _mm512_add_epi64(_mm512_shuffle_i64x2(first, last, 0x88), _mm512_shuffle_i64x2(first, last, 0xdd));
        if (_mm512_cmple_epi64_mask(sum, _mm512_set1_epi64(radius)))
            for (int one = 0; one < 8; one++)
                if (apart(at + 4 * one, query) <= radius) out[found++] = (uint32_t)(row + one);
    }
#endif
    for (; row < rows; row++)
        if (apart(codes + row * 4, query) <= radius) out[found++] = (uint32_t)row;
    return found;
}
