"""Run the models that others have published and compare with the outputs they published, folder by folder.

    git clone https://github.com/SDXorg/test-models
    python tests/compare_test_models.py test-models

Prints a line for every folder that is run and the reason for every folder that is not. The exit status is 0 where all
agree, 1 where one does not or a folder is in neither list, 2 where the argument is no such checkout.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from published_models import ROOMS, Comparison, cases, compare, not_sayable, unaccounted
from tqdm import tqdm

HEAD = ("folder", "columns", "left out", "largest relative difference", "allowed", "", "where")


def table(comparisons: Sequence[Comparison]) -> str:
    """The comparisons as a Markdown table, with the problems below."""
    rows = [
        (
            each.folder,
            str(each.compared),
            str(each.left_out or ""),
            f"{each.largest:.1e}" if each.largest else "0",
            f"{each.tolerance:.0e}",
            "pass" if each.passed else "FAIL",
            each.where,
        )
        for each in comparisons
    ]
    lines = [HEAD, ("---",) * len(HEAD), *rows]
    problems = [f"{each.folder}: {problem}" for each in comparisons for problem in each.problems]
    return "\n".join([*(f"| {' | '.join(line)} |" for line in lines), *problems])


def not_run(reasons: Mapping[str, str]) -> str:
    """The folders that are not run, below their reasons."""
    by_reason = defaultdict(list)
    for folder, reason in reasons.items():
        by_reason[reason].append(folder)
    return "\n".join(f"- {reason.removesuffix('.')}: {', '.join(folders)}." for reason, folders in by_reason.items())


def main() -> int:
    """Compare with the checkout named on the command line; the exit status."""
    parser = argparse.ArgumentParser(description="Compare the engine with published models and their outputs.")
    parser.add_argument("checkout", type=Path, help="a checkout of https://github.com/SDXorg/test-models")
    checkout = parser.parse_args().checkout
    if not all((checkout / room).is_dir() for room in ROOMS):
        print(f"{checkout}: no checkout of test-models; expected the folders {' and '.join(ROOMS)}", file=sys.stderr)
        return 2
    extra, missing = unaccounted(checkout)
    known = sorted(cases(), key=lambda pair: pair[1].folder)
    comparisons = [compare(module, case, checkout) for module, case in tqdm(known, unit="folder", disable=None)]
    print(table(comparisons))
    print(f"\nNot run ({len(not_sayable())} folders):\n{not_run(not_sayable())}")
    for folder in sorted(extra):
        print(f"{folder}: neither run nor listed in tests/field/not_sayable.yaml")
    for folder in sorted(missing):
        print(f"{folder}: not in this checkout")
    passed = sum(each.passed for each in comparisons)
    print(f"\n{passed} of {len(comparisons)} folders agree, with {sum(c.compared for c in comparisons)} columns")
    return 0 if passed == len(comparisons) and not extra and not missing else 1


if __name__ == "__main__":
    sys.exit(main())
