from photo_organizer.cli.main import run_command


def test_models_are_listed(capsys):
    assert run_command(["models", "list"]) == 0
    out = capsys.readouterr().out
    assert "starter" in out
    assert "ViT-B-32/openai" in out
