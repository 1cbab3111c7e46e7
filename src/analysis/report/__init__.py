"""Publishing: one description of a report, a writer per format, and the manifest."""
