"""Putting findings right in their files."""
