"""Checking on many machines: the workers of a Dask scheduler check files, this process gathers and reports."""
