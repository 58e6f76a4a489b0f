"""Compiled kernels that operators call where NumPy would need several passes."""
