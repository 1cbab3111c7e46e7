"""Files: tables in csv, xlsx, xls, ods, web pages and parquet, whatever the rows mean."""
