"""Files as bytes: what a path holds, archives read in memory, and writing that replaces a file whole or not at all."""
