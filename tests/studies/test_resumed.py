"""What is taken up again is the very same: names in another order stand for other numbers."""

from pathlib import Path

import pytest

from regionsim.studies.attribute.run import _identity
from regionsim.studies.attribute.study import read_study as read_attribution
from regionsim.studies.sweep.identity import changes, identity
from regionsim.studies.sweep.plan import plan_of
from regionsim.studies.sweep.study import read_study

SCENARIOS = Path("scenarios").resolve().as_posix()
SWEEP = f"""\
name: small
scenarios: [{SCENARIOS}/base.yaml, {SCENARIOS}/low-birth.yaml]
design: {{kind: latin-hypercube, members: 4}}
parameters: {{participation_share: {{}}, restorable_share: {{}}}}
outputs: {{variables: [population, output], regions: [zone]}}
"""
ATTRIBUTION = f"""\
name: small
scenario: {SCENARIOS}/plan.yaml
measures: [10-towns, 14-transport]
groups: {{one: [5-modern-services], other: [12-ecosystem-quality]}}
outputs: {{variables: [population, output], regions: [zone], years: [2030]}}
"""


def written(folder, text):
    path = folder / "study.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_scenarios_of_a_sweep_in_another_order_are_another_sweep(tmp_path):
    def of(text):
        return identity(plan_of(read_study(written(tmp_path, text))))

    begun = of(SWEEP)
    assert changes(begun, of(SWEEP)) == []
    turned = SWEEP.replace("base.yaml, ", "low-birth.yaml, ").replace("low-birth.yaml]", "base.yaml]")
    assert changes(begun, of(turned)) == ['the order of scenarios was ["base", "low-birth"], is ["low-birth", "base"]']
    assert changes(begun, of(SWEEP.replace("[population, output]", "[output, population]"))) != []


@pytest.mark.parametrize(
    ("said", "instead", "words"),
    [
        ("[10-towns, 14-transport]", "[14-transport, 10-towns]", "the order of players was "),
        (
            "{one: [5-modern-services], other: [12-ecosystem-quality]}",
            "{other: [12-ecosystem-quality], one: [5-modern-services]}",
            "the order of players was ",
        ),
        (
            "[population, output]",
            "[output, population]",
            'the order of outputs.blocks was ["population", "output"], is ["output", "population"]',
        ),
    ],
)
def test_measures_and_results_of_an_attribution_in_another_order_are_another_one(tmp_path, said, instead, words):
    def of(text):
        return _identity(read_attribution(written(tmp_path, text)), "reference")

    begun = of(ATTRIBUTION)
    assert changes(begun, of(ATTRIBUTION)) == []
    (found,) = changes(begun, of(ATTRIBUTION.replace(said, instead)))
    assert found.startswith(words)
