"""Marks in Excel workbooks: comments, colours and a list of findings, put in part by part."""
