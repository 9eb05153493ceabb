"""The JSON Schema for editors says the same keys as the models, in every form that a file may use."""

from __future__ import annotations

import json

from regionsim.scenarios.schema import ScenarioFile, scenario_json_schema


def test_the_schema_has_every_key_and_forbids_others() -> None:
    schema = scenario_json_schema()
    assert list(schema["properties"]) == list(ScenarioFile.model_fields)
    assert schema["additionalProperties"] is False
    for definition in schema["$defs"].values():
        assert definition["additionalProperties"] is False


def test_the_schema_is_plain_json_and_all_its_references_lead_somewhere() -> None:
    schema = scenario_json_schema()
    text = json.dumps(schema)
    for part in text.split('"$ref": "#/$defs/')[1:]:
        assert part.split('"')[0] in schema["$defs"]


def test_short_forms_are_in_the_schema() -> None:
    schema = scenario_json_schema()
    forms = schema["properties"]["parameters"]["additionalProperties"]["anyOf"]
    assert {"type": "number"} in forms
    assert {"const": "unchanged"} in forms
    assert schema["properties"]["shocks"]["additionalProperties"]["anyOf"] == forms
    assert {"type": "string"} in schema["properties"]["title"]["anyOf"]
    assert schema["$defs"]["RunSettings"]["properties"]["method"]["enum"] == ["euler", "rk4"]


def test_what_a_child_may_take_back_may_be_unchanged() -> None:
    properties = scenario_json_schema()["properties"]
    for section in ("measures", "compensation", "shocks", "transport", "parameters"):
        assert {"const": "unchanged"} in properties[section]["additionalProperties"]["anyOf"], section


def test_parts_of_a_measure_stand_beside_its_keys_by_their_names() -> None:
    definitions = scenario_json_schema()["$defs"]
    part = {"$ref": "#/$defs/MeasureSetting"}
    assert definitions["Measure"]["properties"]["lithium-cluster"] == part
    assert {"start", "full", "strength", "counties", "note"} == set(definitions["MeasureSetting"]["properties"])
    assert set(definitions["MeasureSetting"]["properties"]) < set(definitions["Measure"]["properties"])


def test_a_price_is_a_number_or_a_text_with_its_unit() -> None:
    price = scenario_json_schema()["$defs"]["AgreementTerms"]["properties"]["price"]
    assert price == {"anyOf": [{"type": "number", "minimum": 0, "maximum": 100.0}, {"type": "string"}]}


def test_a_new_schema_is_made_each_time() -> None:
    scenario_json_schema()["properties"].clear()
    assert scenario_json_schema()["properties"]
