"""The log, `logging.getLogger("mxlite")`: silent unless the program asks for it.

As long as the program has not imported `logging`, nobody has asked, and it is not imported for a message: importing
mxlite is to be quick. Nothing is logged where operators run.
"""

import sys


def log(level: str, message: str, *args: object, exc_info: bool = False) -> None:
    """Logs a message; `level` is the name of one of logging's, 'DEBUG' for example."""
    logging = sys.modules.get("logging")
    if logging is None or not hasattr(logging, "NullHandler"):      # it may be on its way in
        return
    logger = logging.getLogger("mxlite")
    # Without a handler, Python itself prints warnings. It is one for all threads: adding that twice changes nothing.
    logger.addHandler(vars(logger).setdefault("silent", logging.NullHandler()))
    logger.log(getattr(logging, level), message, *args, exc_info=exc_info)
