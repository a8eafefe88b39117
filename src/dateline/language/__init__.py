"""Article → parsed sentences: the model, its casing and its tokens' places in the article."""
