"""Random programs, run on mxlite and on whatever else can run them, and compared."""
