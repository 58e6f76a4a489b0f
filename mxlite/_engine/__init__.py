"""The compiled tape engine."""
