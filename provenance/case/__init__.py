"""Cases: pictures and reports kept in one, what people add, what is made again from the record alone."""
