"""Starts MiniStack with two things as AWS has them: the names of uploaded files are read as browsers write them, in UTF-8,
and metrics stay for as long as CloudWatch keeps them, where MiniStack forgets them after two weeks. And its mailbox, which
is looked into again and again, tells only the mails after the first `after`, where the address says so."""

import json

from ministack import app
from ministack.services import cloudwatch, s3, ses

parse_form = s3._parse_multipart_form


def parse_form_in_utf8(content_type, body):
    return [
        (name, filename and filename.encode("latin-1").decode("utf-8", "replace"), headers, value)
        for name, filename, headers, value in parse_form(content_type, body)
    ]


s3._parse_multipart_form = parse_form_in_utf8
cloudwatch.TWO_WEEKS_SECONDS = 455 * 24 * 3600

all_messages = app._handle_ses_messages_request


async def messages_after(method, path, headers, query_params):
    if path != "/_ministack/ses/messages" or "after" not in query_params:
        return await all_messages(method, path, headers, query_params)
    kept = ses._sent_emails.to_dict().items()
    mails = [mail for key, entries in kept if key[-1] == "entries" for mail in entries]
    new = mails[int(query_params["after"][0]) :]
    return 200, {"Content-Type": "application/json"}, json.dumps({"total": len(mails), "messages": new}).encode()


app._handle_ses_messages_request = messages_after

app.main()
