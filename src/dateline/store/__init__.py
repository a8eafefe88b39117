"""The store: articles and what they tell, in one folder of Parquet files, read by DuckDB.

`open_folder` opens or makes one; `Store.query` asks it; `fill.Filling` fills it exactly once by content;
`link.link_store` makes events of its tellings; `Store.review` takes in people's corrections. docs/store.md
has the tables and the guarantees.
"""
