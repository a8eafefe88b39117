"""The desk: a local web page over a store (`dateline desk`)."""
