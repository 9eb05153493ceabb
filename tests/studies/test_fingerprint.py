"""The hash of data and model knows every file that a number comes from."""

import os
import subprocess
import sys
from pathlib import Path

import regionsim
from regionsim.studies.fingerprint import PACKAGE, PARTS, parts

# Runs a scenario with a measure and a draw, and prints the files of the package that were loaded or opened for it.
RUN = """
import sys
from pathlib import Path
import numpy, regionsim
package = Path(regionsim.__file__).parent
opened = set()
sys.addaudithook(lambda event, told: opened.add(str(told[0])) if event == "open" else None)
from regionsim.results.blocks import block_values, known_variables
from regionsim.results.dataset import to_dataset
from regionsim.results.indicator_catalogue import variables_of_indicators
from regionsim.studies.ensemble import simulate_ensemble
from regionsim.studies.model import read_scenario
plan = read_scenario(sys.argv[1])
draws = {"participation_share": numpy.array([0.7, 0.8])}
run = simulate_ensemble(plan, draws, variables_of_indicators())
block_values(to_dataset(run, {}), [block for found in known_variables({}).values() for block in found])
loaded = {str(module.__file__) for name, module in sys.modules.items() if name.startswith("regionsim.")}
for path in sorted(map(Path, loaded | opened)):
    if path.is_relative_to(package) and path.suffix != ".pyc":
        print(path.relative_to(package).as_posix())
"""
# What is loaded and decides no number: words, names of regions, which engine (told apart by records), who works.
OTHERS = {"problems.py", "results/targets.py", "studies/engines.py", "studies/chunks.py"}
# Values of a calibration are in the hash of the scenario that has them.
CALIBRATION = "calibration/"


def test_every_file_that_a_run_reads_or_loads_is_in_the_hash():
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(Path("scenarios/plan.yaml").resolve())],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        check=True,
        text=True,
    )
    found = {name for name in done.stdout.split() if not name.startswith(CALIBRATION) and "__init__" not in name}
    assert {"scenarios/measures.yaml", "language/functions.py", "place/data/transport_links.csv"} <= found
    known = {path.relative_to(PACKAGE).as_posix() for path in parts()} | OTHERS
    assert sorted(found - known) == []


def test_every_pattern_of_the_hash_finds_files():
    for pattern in PARTS:
        assert list(Path(regionsim.__file__).parent.glob(pattern)), pattern
