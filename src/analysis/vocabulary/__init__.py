"""The ground: words in two languages, definitions of indicators, periods, errors.

Nothing here knows of cases or figures; every other folder may import from here.
"""
