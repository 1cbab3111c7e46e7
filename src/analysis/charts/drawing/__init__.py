"""Drawing: the marks, a renderer for each medium, and the style, fonts and words that they share."""
