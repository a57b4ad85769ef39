"""Rules of the dimension consistency, one a module."""
