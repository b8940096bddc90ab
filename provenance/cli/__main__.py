"""`python -m provenance.cli`: the same command line."""

from .main import main

raise SystemExit(main())
