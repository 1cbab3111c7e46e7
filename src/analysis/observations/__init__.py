"""What stands out in a period and why: measures, cycle, peers and published figures put together, which know nothing of each other."""
