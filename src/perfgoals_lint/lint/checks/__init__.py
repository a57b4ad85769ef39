"""The code of the rules that need code, one module a family. A page names its function: ``function: sums.subtotals``.

A function takes the object of its scope (a row, a table, a document) and the rule, and yields hits.
"""
