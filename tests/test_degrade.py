"""The scanner model: same seed, same bytes; sizes, channels and damage as documented."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.degrade import BASE_DPI, LEVELS, Level, degrade


def page(height: int = 330, width: int = 240) -> np.ndarray:
    """White paper with black bars as lines of text."""
    image = np.full((height, width), 255, np.uint8)
    for top in range(30, height - 30, 24):
        image[top : top + 8, 30 : width - 30] = 10
    return image


@pytest.mark.parametrize("name", LEVELS)
def test_same_seed_same_bytes_and_the_source_is_untouched(name: str) -> None:
    source = page()
    before = source.copy()
    first, again = (degrade(source, LEVELS[name], np.random.default_rng(5)) for _ in range(2))
    assert first.tobytes() == again.tobytes()
    assert (source == before).all()
    assert name == "clean" or degrade(source, LEVELS[name], np.random.default_rng(6)).tobytes() != first.tobytes()


@pytest.mark.parametrize("name", LEVELS)
def test_size_follows_the_resolution_and_bilevel_is_black_and_white(name: str) -> None:
    level = LEVELS[name]
    colour = np.dstack([page()] * 3)
    result = degrade(colour, level, np.random.default_rng(1))
    assert result.shape[:2] == (round(330 * level.dpi / BASE_DPI), round(240 * level.dpi / BASE_DPI))
    assert result.dtype == np.uint8
    if level.bilevel:
        assert result.ndim == 2
        assert set(np.unique(result)) <= {0, 255}
    else:
        assert result.shape[2] == 3


def test_clean_changes_nothing() -> None:
    assert (degrade(page(), LEVELS["clean"], np.random.default_rng(2)) == page()).all()


def test_colour_of_a_seal_survives_poor_paper() -> None:
    image = np.full((300, 300, 3), 255, np.uint8)
    image[100:200, 100:200] = (220, 30, 40)
    middle = degrade(image, LEVELS["poor"], np.random.default_rng(3))[80:120, 80:120].reshape(-1, 3).mean(axis=0)
    assert middle[0] > middle[1] + 60


def test_skew_turns_lines_and_light_darkens_paper() -> None:
    turned = degrade(page(), Level(skew=4.0), np.random.default_rng(4))
    assert len(np.unique(turned[30:38, 30:210])) > 2  # bars no longer stand level
    dark = degrade(page(), Level(light=60.0), np.random.default_rng(4))
    assert dark.max() <= 255
    assert dark[:20].mean() < 254


@settings(max_examples=30, deadline=None)
@given(
    st.integers(20, 200),
    st.integers(20, 200),
    st.integers(0, 2**32 - 1),
    st.sampled_from(sorted(LEVELS)),
    st.booleans(),
)
def test_any_page_survives(height: int, width: int, seed: int, name: str, colour: bool) -> None:
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 256, (height, width, 3) if colour else (height, width), dtype=np.uint8)
    result = degrade(image, LEVELS[name], rng)
    assert result.dtype == np.uint8
    assert result.shape[0] == round(height * LEVELS[name].dpi / BASE_DPI)


@pytest.mark.parametrize("bad", [np.zeros((4, 4), np.float32), np.zeros(4, np.uint8)])
def test_refuses_what_is_no_page(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="uint8"):
        degrade(bad, LEVELS["office"], np.random.default_rng(0))
