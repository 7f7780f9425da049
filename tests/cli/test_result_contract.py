"""What ``analyze --json`` writes keeps its contract: see docs/result.md."""

import copy
import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

from photo_organizer.cli.main import run_command
from photo_organizer.engine import assets
from photo_organizer.engine.domain.results import CONTRACT, GroupKind
from tests.engine.pictures import save

SCHEMA = json.loads(assets.resource("result.schema.json").read_text(encoding="utf-8"))


def validate(result):
    Draft202012Validator(SCHEMA).validate(result)


@pytest.fixture
def answer(encoder, album, capsys):
    """Writes a result over a small album; further words go to the command."""
    save(album / "어두운 밤 #1.jpg", width=320, height=240, seed=7)

    def analyze(*words):
        assert run_command(["analyze", str(album), "--json", "-", *words]) == 0
        return json.loads(capsys.readouterr().out)

    return analyze


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_a_real_result_is_valid(answer):
    result = answer()
    validate(result)
    assert all(result[key] for key in ("categories", "duplicates", "highlights", "skipped"))
    assert result["low_quality"]
    assert result["details"]["contract"] == CONTRACT


@pytest.mark.parametrize("flow", ["categories", "duplicates", "highlights", "low_quality"])
def test_a_result_of_one_flow_is_valid(answer, flow):
    validate(answer("--only", flow))


def test_a_result_recalled_from_the_store_is_valid(answer):
    answer()
    again = answer()
    validate(again)
    assert again["details"]["timing"]["measured"] == 0


def test_a_result_without_a_photo_is_valid(encoder, tmp_path, capsys):
    assert run_command(["analyze", str(tmp_path), "--json", "-"]) == 0
    validate(json.loads(capsys.readouterr().out))


def test_each_photo_has_one_category_and_at_most_one_group(answer):
    result = answer()
    sorted_in = [image for c in result["categories"] for image in c["images"]]
    grouped = [image for group in result["duplicates"] for image in group]
    assert len(sorted_in) == len(set(sorted_in))
    assert len(grouped) == len(set(grouped))
    assert {*grouped, *result["low_quality"]} <= set(sorted_in)
    assert not {one["image"] for one in result["skipped"]} & set(sorted_in)


def test_details_follow_the_answers(answer):
    result = answer()
    details = result["details"]
    assert [[i["image"] for i in g["images"]] for g in details["duplicates"]] == result[
        "duplicates"
    ]
    assert all(g["keeper"] == g["images"][0]["image"] for g in details["duplicates"])
    assert not any(g["images"][0]["safe"] for g in details["duplicates"])
    assert {flag["image"] for flag in details["low_quality"]} == set(result["low_quality"])


def test_the_schema_knows_every_kind_of_group():
    groups = SCHEMA["properties"]["details"]["properties"]["duplicates"]
    assert groups["items"]["properties"]["kind"]["enum"] == [kind.value for kind in GroupKind]


def test_what_breaks_the_contract_is_refused(answer):
    good = answer()

    def refused(change):
        bad = copy.deepcopy(good)
        change(bad)
        with pytest.raises(ValidationError):
            validate(bad)

    refused(lambda r: r.pop("skipped"))
    refused(lambda r: r["details"].pop("contract"))
    refused(lambda r: r["details"].update(contract=CONTRACT + 1))
    refused(lambda r: r["categories"][0].update(note="not in a plain list"))
    refused(lambda r: r["duplicates"].append([r["duplicates"][0][0]]))
    refused(lambda r: r["low_quality"].append("/photos/a path.jpg"))
    refused(lambda r: r["highlights"][0]["images"][0].update(score=1.5))
    refused(lambda r: r["details"]["duplicates"][0].update(kind="twin"))


def test_keys_that_come_later_are_no_break(answer):
    result = answer()
    result["details"]["faces"] = []
    result["later"] = {}
    validate(result)
