"""What is handed back: annotated copies, review opinions, the comparison of two rounds, packages."""
