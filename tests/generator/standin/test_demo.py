"""`demo` gets an image through the client, prints it and stops."""

import threading
from pathlib import Path

import pytest

from generator.errors import InputError
from generator.standin.demo import demo

SPECIFICATION = Path(__file__).parents[3] / "spec" / "openapi.yaml"


@pytest.mark.parametrize(
    ("text", "replacement", "message"),
    [
        ("        id: crp5o1vp3mk7vq1ql0b9\n", "", "has no `id` in its first example; the demo needs one"),
        (
            "/images/{imageId}",
            "/pictures/{imageId}",
            "serves no image that the client of this project can get: GET .* 404",
        ),
    ],
    ids=["an image without an id", "another path"],
)
def test_a_specification_without_an_image_is_rejected(
    tmp_path: Path, text: str, replacement: str, message: str
) -> None:
    """The client is the one of this project."""
    original = SPECIFICATION.read_text(encoding="utf-8")
    assert text in original
    file = tmp_path / "openapi.yaml"
    file.write_text(original.replace(text, replacement, 1), encoding="utf-8")
    with pytest.raises(InputError, match=message):
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
