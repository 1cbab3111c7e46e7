"""stub"""
import pandas as pd
def case_tables(cases, first, last):
    return (pd.DataFrame(),pd.DataFrame(),pd.DataFrame()), []
