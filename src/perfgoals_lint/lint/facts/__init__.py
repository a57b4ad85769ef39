"""What rules know of rows and tables: what a name says, its dimension, and figures as facts that can be compared."""
