"""Checks of 适当性 (A): does it fit the money, is it set at the right height."""
