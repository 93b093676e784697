"""Reads the data files that hold pickles, and their pickle-free forms. Only jobs import this, never the page's side."""
