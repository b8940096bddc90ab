"""What reaches beyond this machine, and only when it is asked to: addresses, services, what came of them."""
