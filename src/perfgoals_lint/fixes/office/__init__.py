"""Editing office files part by part: what is not meant to change keeps its bytes."""
