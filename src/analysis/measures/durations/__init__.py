"""How long cases take and how old pending ones are."""
