"""Parts of one picture that are copies of each other, to within what saving leaves."""
