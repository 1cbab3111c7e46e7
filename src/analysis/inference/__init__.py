"""What the numbers mean: reconciliation, the accumulate–clear cycle, fair comparison."""
