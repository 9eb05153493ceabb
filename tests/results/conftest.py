import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fake_trajectory import fake_dataset, fake_trajectory


@pytest.fixture
def trajectory():
    return fake_trajectory()


@pytest.fixture
def dataset():
    return fake_dataset()


@pytest.fixture
def make_dataset():
    return fake_dataset
