"""Checks of 完整性 (C): is everything there."""
