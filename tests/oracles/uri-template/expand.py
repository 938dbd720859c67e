"""Expands templates (RFC 6570): JSON lines of `template` and `value` come in, expanded texts go out, a line each."""

import json
import sys

from uritemplate import URITemplate

for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps(URITemplate(case["template"]).expand({"v": case["value"]})))
