"""The pages of the mechanisms, made from the running code: `python -m regionsim.export.listing docs/mechanisms`.

What is written by hand between the markers of the notes stays. A page that no mechanism has any more is removed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from regionsim.export.atlas import EVIDENCE, INDEX, PLACE, load_atlas, mechanism_name
from regionsim.export.index_page import index_page
from regionsim.export.markdown import notes_of
from regionsim.export.mechanism_page import mechanism_page
from regionsim.export.place_page import evidence_page, place_page

EVIDENCE_FILE = "parameter-evidence.csv"


def pages(folder: Path) -> dict[str, str]:
    """All pages by file name, with the notes of the pages that stand in `folder`.

    The rows of evidence are read from parameter-evidence.csv beside `folder`. Raises OSError where it is missing,
    KeyError where a parameter cites a row that it lacks, and ValueError for notes with a marker missing.
    """
    atlas = load_atlas(folder.parent / EVIDENCE_FILE)
    made = {
        f"{INDEX}.md": index_page(atlas),
        f"{PLACE}.md": place_page(atlas),
        f"{EVIDENCE}.md": evidence_page(atlas),
    }
    for module in atlas.modules:
        file = folder / f"{mechanism_name(module)}.md"
        try:
            notes = notes_of(file.read_text(encoding="utf-8")) if file.is_file() else ""
        except ValueError as error:
            raise ValueError(f"{file}: {error}") from None
        made[file.name] = mechanism_page(atlas, module, notes)
    return made


def write_pages(folder: Path) -> list[Path]:
    """Write all pages into `folder`, remove those of no mechanism, and return the files that changed."""
    made = pages(folder)
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, page in made.items():
        file = folder / name
        if not file.is_file() or file.read_text(encoding="utf-8") != page:
            file.write_text(page, encoding="utf-8", newline="\n")
            changed.append(file)
    for file in sorted(folder.glob("*.md")):
        if file.name not in made:
            file.unlink()
            changed.append(file)
    return changed


def main(arguments: Sequence[str]) -> int:
    """Write the pages into the folder that is named, and say which changed."""
    if len(arguments) != 1:
        print("usage: python -m regionsim.export.listing FOLDER", file=sys.stderr)
        return 2
    for file in write_pages(Path(arguments[0])):
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
