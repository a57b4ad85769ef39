"""The rulebook as data: policy index, labels, word lists, frameworks and rules."""
