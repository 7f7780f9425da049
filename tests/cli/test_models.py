from photo_organizer.cli.main import run_command


def test_models_are_listed(capsys):
    assert run_command(["models", "list"]) == 0
    out = capsys.readouterr().out
    assert "starter" in out
    assert "ViT-B-32/openai" in out
    assert out.count("Recommended. ") == 1
    assert "xlm-roberta" not in out
    assert "full" not in out


def test_the_light_program_lists_them_and_says_what_the_full_one_adds(light_program, capsys):
    assert run_command(["models", "list"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "The full one adds the CLIP models: they understand any words" in out


def test_the_light_program_downloads_nothing_it_cannot_use(light_program, capsys):
    assert run_command(["models", "download", "ViT-B-32"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "CLIP models need the full program" in line
