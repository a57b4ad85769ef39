"""Checks of 相关性 (R): does it belong to this goal and this class."""
