"""From files to a register: headers, cells, rows, and the account of every one."""

COURT_FILE = "本院.toml"  # the one file for a court; its name is known before anything heavy is loaded
