"""Rules without code: selectors over framework classes and text, and the kinds of check that a page can ask for."""
