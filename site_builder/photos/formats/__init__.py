"""The files that photos come in: what each is made of, what in it is metadata."""
