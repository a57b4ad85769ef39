"""What a table says, as facts that rules compare."""
