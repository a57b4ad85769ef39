"""Goal tables: text of any shape becomes a grid, one recogniser reads grids, every cell is accounted for."""
