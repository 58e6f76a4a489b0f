"""Data and first weights of the networks, from a generator of integers that is written here: no library's random
numbers take part, so MXNet under an old NumPy and mxlite under a new one start from the same bits.

The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014), evaluated
for a row of counters at a time.
"""
import numpy


def splitmix64(counters):
    """A 64-bit number for every 64-bit counter."""
    z = (counters + numpy.uint64(1)) * numpy.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return z ^ (z >> numpy.uint64(31))


class Stream:
    """Numbers in order; two streams of different seeds have nothing in common before 2^32 draws."""

    def __init__(self, seed):
        self.position = seed << 32

    def bits(self, n):
        """The next n numbers of 64 bits."""
        counters = numpy.arange(n, dtype="uint64") + numpy.uint64(self.position)
        self.position += n
        return splitmix64(counters)

    def uniform(self, shape, bound):
        """float64 between -bound and bound, multiples of bound / 2^23."""
        steps = (self.bits(int(numpy.prod(shape))) >> numpy.uint64(40)).astype("float64") - 2.0 ** 23
        return (steps * (bound / 2 ** 23)).reshape(shape)

    def integers(self, n, high):
        """n integers from 0 to high - 1."""
        return (self.bits(n) >> numpy.uint64(33)).astype("int64") % high

    def weight(self, *shape, **options):
        """A weight matrix or stack of filters, bounded as Glorot and Bengio (2010) have it, times `gain`."""
        area = int(numpy.prod(shape[2:]))
        return self.uniform(shape, options.get("gain", 1) * (6 / ((shape[0] + shape[1]) * area)) ** 0.5)
