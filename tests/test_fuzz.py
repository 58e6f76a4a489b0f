"""A short seeded run of the program fuzzer against central differences; tests/fuzz says how to run a long one."""
import warnings

import pytest
from fuzz.__main__ import complaint
from fuzz.programs import generate, shrunk


@pytest.mark.parametrize("first", range(0, 400, 40))
def test_small_programs(first):
    for seed in range(first, first + 40):
        check(generate(seed), second=seed % 8 == 0)


def test_large_programs():
    for seed in range(6):
        check(generate(seed, large=True), tolerance=1e-4)


def check(program, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)     # std of one element, on the NumPy side
        said = complaint(program, **options)
        if said:
            small = shrunk(program, lambda p: complaint(p, **options))
            pytest.fail(f"{complaint(small, **options)}\n{small}")
