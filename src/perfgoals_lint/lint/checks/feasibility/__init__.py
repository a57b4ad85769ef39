"""Checks of 可行性 (F): can it be measured and reached."""
