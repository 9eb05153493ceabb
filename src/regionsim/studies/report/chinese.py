SENTENCES: dict[str, str] = {}
NAMES: dict[str, str] = {}
