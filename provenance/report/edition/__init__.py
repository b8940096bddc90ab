"""An edition of a report for publication: a derivative of the full record that leaves chosen parts out."""
