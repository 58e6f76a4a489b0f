from typing import final

@final
class Private: ...
