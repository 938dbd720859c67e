"""Expands templates (RFC 6570): JSON lines of `template` and `value` come in, expanded texts go out, a line each.

The values of RFC 6570 are texts. Of a boolean it is that of JSON, and not Python's.
"""

import json
import sys

from uritemplate import URITemplate

for line in sys.stdin:
    case = json.loads(line)
    value = case["value"]
    if isinstance(value, bool):
        value = json.dumps(value)
    print(json.dumps(URITemplate(case["template"]).expand({"v": value})))
