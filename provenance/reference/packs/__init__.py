"""Pictures that came many at once, many to a row: put in, read, and taken out one by one."""
