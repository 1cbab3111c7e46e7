"""From files to a register: headers, cells, rows, and the account of every one."""

COURT_FILE = "本院.toml"  # the one file for a court; its name is known before anything heavy is loaded
EXPORT = "as_of_export"  # the export of which ``as_of`` was said; without it ``as_of`` holds for any
