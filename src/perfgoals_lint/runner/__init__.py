"""One run: the files that it finds, who checks them (here, the cache, processes), and what they say together."""
