"""Starts MiniStack with the names of uploaded files read as browsers write them and as AWS reads them: in UTF-8."""

from ministack.app import main
from ministack.services import s3

parse_form = s3._parse_multipart_form


def parse_form_in_utf8(content_type, body):
    return [
        (name, filename and filename.encode("latin-1").decode("utf-8", "replace"), headers, value)
        for name, filename, headers, value in parse_form(content_type, body)
    ]


s3._parse_multipart_form = parse_form_in_utf8

main()
