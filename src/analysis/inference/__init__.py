"""Inference: reconciliation, the accumulate–clear cycle, fair comparison."""
