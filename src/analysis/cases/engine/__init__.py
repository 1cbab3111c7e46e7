"""How large tables are counted: texts as numbers, columns in memory, and the loops over them."""
