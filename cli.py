"""The door: hands over to the command line of the package, so that a checkout runs without being installed."""

from provenance.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
