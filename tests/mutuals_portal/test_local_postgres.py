import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_on_a_database_of_their_own():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0].startswith("test_")
