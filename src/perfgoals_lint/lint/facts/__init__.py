"""What rules know of rows beside their texts: what a name says, which dimension it has."""
