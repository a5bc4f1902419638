"""Starts MiniStack with two things as AWS has them: the names of uploaded files are read as browsers write them, in UTF-8,
and metrics stay for as long as CloudWatch keeps them, where MiniStack forgets them after two weeks."""

from ministack.app import main
from ministack.services import cloudwatch, s3

parse_form = s3._parse_multipart_form


def parse_form_in_utf8(content_type, body):
    return [
        (name, filename and filename.encode("latin-1").decode("utf-8", "replace"), headers, value)
        for name, filename, headers, value in parse_form(content_type, body)
    ]


s3._parse_multipart_form = parse_form_in_utf8
cloudwatch.TWO_WEEKS_SECONDS = 455 * 24 * 3600

main()
