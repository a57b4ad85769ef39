"""The language server: findings, the meaning of values and quick fixes while a goal table is being written.

``server`` speaks the protocol (it needs the extra ``lsp``); what is said is made by the other modules from the same run
that ``check`` makes.
"""
