import threading
from pathlib import Path

import pytest

from generator.errors import InputError
from generator.standin.demo import demo

SPECIFICATION = Path(__file__).parents[3] / "spec" / "openapi.yaml"


@pytest.mark.parametrize(
    ("text", "instead", "says"),
    [
        ("        id: crp5o1vp3mk7vq1ql0b9\n", "", "has a first example without `id`, which the demo asks for"),
        ("/images/{imageId}", "/pictures/{imageId}", "has no image that the client of this project gets: GET .* 404"),
    ],
    ids=["an image without an id", "another path"],
)
def test_a_specification_without_an_image_is_refused(tmp_path: Path, text: str, instead: str, says: str) -> None:
    """The client is that of this project's own."""
    whole = SPECIFICATION.read_text(encoding="utf-8")
    assert text in whole
    file = tmp_path / "openapi.yaml"
    file.write_text(whole.replace(text, instead, 1), encoding="utf-8")
    with pytest.raises(InputError, match=says):
        demo(file)


def test_the_demo_gets_an_image_through_the_client_prints_it_and_stops(capsys: pytest.CaptureFixture[str]) -> None:
    before = set(threading.enumerate())
    assert demo(SPECIFICATION) == 0
    out, err = capsys.readouterr()
    assert err.endswith('.images.get("crp5o1vp3mk7vq1ql0b9")\n')
    assert out.splitlines()[:4] == [
        "name      crpd9s2vq1m0h6t3k8ra/web/api",
        "tags      latest, 2.4.1",
        "created   2026-03-14T09:26:53.589793238Z",
        "size      48,213,907 bytes",
    ]
    assert out.count("layer     sha256:") == 3
    assert set(threading.enumerate()) <= before
