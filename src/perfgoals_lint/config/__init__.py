"""What was asked for: configuration files in layers, options over them, and the plan that each file is checked by."""
