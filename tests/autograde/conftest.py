import pytest
import small_assignment

from autograde.classroom import Classroom
from autograde.release import release


@pytest.fixture
def small(tmp_path):
    """The assignment T1."""
    return small_assignment.make(tmp_path)


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A class in which T1 was released with seed 5, and the assignment."""
    folder = tmp_path_factory.mktemp("released")
    assignment = small_assignment.make(folder)
    classroom = Classroom(folder / "class")
    release(classroom, assignment, seed=5)
    return classroom, assignment
