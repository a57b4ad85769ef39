"""Checks of 规范性 (N): is it written properly."""
