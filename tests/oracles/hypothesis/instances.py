"""Makes instances of schemas by hypothesis-jsonschema, the same ones every time.

It is told, in JSON on standard input, a document, references into it, and how many instances of each are wanted. It says
for each a list of instances in JSON.
"""

import json
import sys
import warnings
from urllib.parse import unquote

import jsonschema
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.errors import HypothesisException
from hypothesis_jsonschema import from_schema

# A schema is written out in itself so often. What is left of it then allows nothing: of what is optional, it is left out, and
# of alternatives, another one is taken.
NESTED = 1
# So deep, instances have what they must have.
DEEP = 3

# SDKs have integers of 64 bits.
LEAST, MOST = -(2**63), 2**63 - 1

SCHEMAS = {"additionalProperties", "items", "contains", "not", "if", "then", "else", "propertyNames"}
LISTS = {"allOf", "anyOf", "oneOf", "prefixItems"}
NAMED = {"properties", "patternProperties", "dependentSchemas"}


class Written:
    """A schema without references."""

    def __init__(self, document):
        self.document = document

    def target(self, reference):
        value = self.document
        for step in map(step_of, reference.split("/")[1:]):
            value = value[int(step)] if isinstance(value, list) else value[step]
        return value

    def of(self, schema, depth=0, inside=()):
        if not isinstance(schema, dict):
            return schema
        out = {}
        required = schema.get("required", [])
        for key, value in schema.items():
            if key in SCHEMAS:
                out[key] = self.of(value, depth + 1, inside)
            elif key in LISTS:
                out[key] = [self.of(it, depth, inside) for it in value]
            elif key in NAMED:
                out[key] = {
                    name: self.of(it, depth + 1, inside)
                    for name, it in value.items()
                    if depth < DEEP or key != "properties" or name in required
                }
            elif key not in ("$ref", "$id", "$schema", "$defs"):
                out[key] = value
        if "integer" in kinds(out):
            out["minimum"] = max(out.get("minimum", LEAST), LEAST)
            out["maximum"] = min(out.get("maximum", MOST), MOST)
        reference = schema.get("$ref")
        if reference is None:
            return out
        if inside.count(reference) > NESTED:
            return False
        target = self.of(self.target(reference), depth, (*inside, reference))
        return {"allOf": [target, out]} if out else target


def kinds(schema):
    kinds = schema.get("type", [])
    return kinds if isinstance(kinds, list) else [kinds]


def step_of(text):
    return unquote(text).replace("~1", "/").replace("~0", "~")


def instances(schema, count):
    found = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @given(from_schema(schema))
    def collect(value):
        found.append(value)

    collect()
    return {"instances": found[:count]}


def main():
    asked = json.load(sys.stdin)
    warnings.simplefilter("ignore")
    told, known = [], {}
    for reference in asked["references"]:
        schema = Written(asked["document"]).of({"$ref": reference})
        text = json.dumps(schema)
        if text not in known:
            try:
                known[text] = instances(schema, asked["count"])
            except (HypothesisException, jsonschema.exceptions.SchemaError, ValueError) as error:
                known[text] = {"error": f"{type(error).__name__}: {error}".splitlines()[0]}
        told.append(known[text])
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
