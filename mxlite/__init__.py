"""MXNet's imperative code on NumPy 2, over a compiled tape."""
