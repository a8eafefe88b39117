"""Who is who in the news: tables of countries, organisations, groups, people, titles and kinds of actors.

Each table says in its head what it holds, where it comes from and what its columns mean.
`book.py` loads them.
`people.tsv` is put together by `build_leaders.py`, run by hand.
"""
