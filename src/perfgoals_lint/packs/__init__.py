"""A bureau's own rules: a YAML file of short rules, or a directory with such files and rule pages.

A short rule is its code, its title, a declarative check, and at least one bad and one good sample in a line each:

.. code-block:: yaml

    pack: 青禾市财政局
    rules:
      - code: QH001
        title: 满意度不得低于85%
        check: {kind: bound, where: {class: satisfaction}, value: "≥85%"}
        bad: 满意度 | 服务对象满意度 | 群众满意度 | ≥80%
        good: 满意度 | 服务对象满意度 | 群众满意度 | ≥85%

A pack loads only when every rule of it does what its samples say. Nothing in a pack is run as code: a check that names
a Python function is refused here; plug-ins are for that.
"""
