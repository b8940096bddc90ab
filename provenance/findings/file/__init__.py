"""Where the parts of one file contradict each other: on time, place, author and size."""
