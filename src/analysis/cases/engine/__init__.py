"""Counting of large tables: texts as numbers, columns in memory, and the loops over them."""
