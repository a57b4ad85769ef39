"""Checks of this year against last year (Y)."""
