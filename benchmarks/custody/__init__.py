"""What a case withstands: flipped bits, stopped runs, full disks, many writers; and what it costs."""
