from gunicorn.config import Config
from gunicorn.http import RequestParser

from mutuals_portal import web_server


def test_a_visitor_cannot_choose_where_the_portal_stands():
    config = Config()
    config.set("forwarder_headers", web_server.forwarder_headers)
    request = b"GET /about/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSCRIPT_NAME: /about\r\nPATH_INFO: /\r\n\r\n"
    (first,) = RequestParser(config, [request], ("127.0.0.1", 50000))
    assert [name for name, _ in first.headers] == ["HOST"]
