"""Reports in each form that a reader or a program takes, and the files they come in."""
