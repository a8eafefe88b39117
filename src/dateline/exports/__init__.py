"""Records to other forms: terminal table, JSON, CSV, Parquet, Arrow."""
