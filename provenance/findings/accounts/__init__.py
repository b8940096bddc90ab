"""What two accounts of one event say of each other: by marks of words alone, each kind of contradiction a file."""
