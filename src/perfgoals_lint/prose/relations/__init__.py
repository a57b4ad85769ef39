"""How the figures of one text hang together."""
