"""Rules of the dimension relevance, one a module."""
