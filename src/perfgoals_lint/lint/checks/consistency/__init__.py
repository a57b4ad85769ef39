"""Checks of 一致性 (K): do numbers and texts agree."""
