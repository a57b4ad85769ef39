"""Review opinions: forms filled with the findings as a first opinion; what rules cannot judge is left to people."""
