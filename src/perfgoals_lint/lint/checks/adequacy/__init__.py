"""Rules of the dimension adequacy, one a module."""
