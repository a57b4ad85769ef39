"""Serving programs other than editors: tools for agents over the Model Context Protocol."""
