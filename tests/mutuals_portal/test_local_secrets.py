from concurrent.futures import ThreadPoolExecutor

from mutuals_portal import local_secrets


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    data_dir = tmp_path / "var"
    key = local_secrets.secret_key(data_dir)
    assert len(key) >= 50
    assert local_secrets.secret_key(data_dir) == key
    assert (data_dir / "secret-key").stat().st_mode & 0o777 == 0o600
    assert data_dir.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in data_dir.iterdir()] == ["secret-key"]


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(local_secrets.secret_key, [tmp_path] * 8))
    assert len(keys) == 1
