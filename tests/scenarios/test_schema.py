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
    assert {"type": "string"} in schema["properties"]["title"]["anyOf"]
    assert schema["$defs"]["RunSettings"]["properties"]["method"]["enum"] == ["euler", "rk4"]


def test_a_new_schema_is_made_each_time() -> None:
    scenario_json_schema()["properties"].clear()
    assert scenario_json_schema()["properties"]
