"""Who is who: countries, organisations, groups, people, titles and kinds of people, as tables."""
