from tests.engines.conftest import bank, grade_file  # noqa: F401 - fixtures
