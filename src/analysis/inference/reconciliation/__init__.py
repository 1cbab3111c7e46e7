"""Do printed figures agree with each other: regions of whole numbers, verdicts, what is implied, the register beside them."""
