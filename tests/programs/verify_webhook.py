"""Checks the signature of a webhook's request with the library of Standard Webhooks. Reads a JSON object with `secret`,
`headers` and `body` from standard input; ends with 0 when it is right, and with 1 when it is not."""

import json
import sys

from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

request = json.load(sys.stdin)
try:
    Webhook(request["secret"]).verify(request["body"], request["headers"])
except WebhookVerificationError as refused:
    print(refused)
    sys.exit(1)
