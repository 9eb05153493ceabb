"""All pages that are made from the model, from the root of the project: `python -m regionsim.export.refresh`."""

from __future__ import annotations

import sys
from pathlib import Path

from regionsim.export.atlas import load_atlas
from regionsim.export.base_run_page import base_run_tables
from regionsim.export.base_year_page import base_year_tables
from regionsim.export.listing import EVIDENCE_FILE, write_pages
from regionsim.export.markdown import with_tables
from regionsim.export.measures_page import measures_page
from regionsim.export.walkthrough import refresh
from regionsim.studies.model import evidence
from regionsim.studies.run import run_scenario

# Pages whose commands are run as they stand.
WALKED = ("README.md", "docs/tutorial.md", "docs/how-to.md", "CONTRIBUTING.md")
SCENARIOS = "scenarios"


def refresh_all(root: Path) -> list[Path]:
    """Make all pages of the project at `root` anew and return the files that changed."""
    changed = write_pages(root / "docs" / "mechanisms")
    measures = root / "docs" / "measures.md"
    page = measures_page(load_atlas(root / "docs" / EVIDENCE_FILE))
    if not measures.is_file() or measures.read_text(encoding="utf-8") != page:
        measures.write_text(page, encoding="utf-8", newline="\n")
        changed.append(measures)
    tables = {
        "docs/data.md": base_year_tables(evidence()),
        "docs/model.md": base_run_tables(run_scenario(root / SCENARIOS / "base.yaml")),
    }
    for name, made in tables.items():
        file = root / name
        page = file.read_text(encoding="utf-8")
        fresh = with_tables(page, made)
        if fresh != page:
            file.write_text(fresh, encoding="utf-8", newline="\n")
            changed.append(file)
    changed += [root / name for name in WALKED if refresh(root / name, root / SCENARIOS)]
    return changed


if __name__ == "__main__":
    for file in refresh_all(Path.cwd()):
        print(file.relative_to(Path.cwd()).as_posix())
    sys.exit(0)
