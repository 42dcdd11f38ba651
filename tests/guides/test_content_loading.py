from guides import content_loading


def test_the_look_outs_that_come_with_the_service_are_complete():
    look_outs = content_loading.read_look_outs()
    titles = [entry.values["title"] for entry in look_outs]
    assert 16 <= len(look_outs) == len(set(titles))
    assert all(entry.values["summary"].endswith(".") for entry in look_outs)
    assert [entry.values["position"] for entry in look_outs] == list(range(1, len(look_outs) + 1))
