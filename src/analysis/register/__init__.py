"""From files to a register: headers, cells, rows, and the account of every one."""
