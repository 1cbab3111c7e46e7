"""A court among others: panels, funnels, case mix, shrinkage, ranks, scores, trends."""
