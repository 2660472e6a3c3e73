#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Validates every line of traces against a JSON Schema, and the schema against bad lines.

check_trace.py SCHEMA TRACE...            every line of every trace is valid
check_trace.py --refuse SCHEMA FILE...    every line of every file is not
check_trace.py --whole SCHEMA FILE...     every file is one value, and valid
check_trace.py --documented SCHEMA DOC FILE...
        every key of the traces (and of *.json, each one value) is in the schema, and every key of the schema in the document

Exit status 77 (skipped, for ctest) when python3-jsonschema is not installed.
"""
import json
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed", file=sys.stderr)
    sys.exit(77)


def complaint(validator, text):
    """What is wrong with a line; None: nothing."""
    error = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(text)))
    return error and "%s: %s" % ("/".join(map(str, error.path)) or "line", error.message)


def order_complaint(lines):
    """A whole trace begins with the only header and ends with the only footer."""
    if [n for n, line in enumerate(lines) if "cttrace" in line] != [0]:
        return "the header is not the first line, or not the only one"
    ends = [n for n, line in enumerate(lines) if line.get("ev") == "end"]
    return None if ends == [len(lines) - 1] else "the footer is not the last line"


def check(validator, path, refuse):
    """Prints what is not as it should be in a file; returns how often that was."""
    with open(path, encoding="utf-8") as trace:
        lines = trace.read().splitlines()
    bad = 0
    for number, text in enumerate(lines, 1):
        wrong = complaint(validator, text)
        if bool(wrong) != refuse:
            bad += 1
            print("%s:%d: %s" % (path, number, wrong or "should have been refused"))
    wrong = None if refuse else order_complaint([json.loads(text) for text in lines])
    if wrong or not lines:
        bad += 1
        print("%s: %s" % (path, wrong or "is empty"))
    return bad


def check_whole(schema_path, *paths):
    """Each file is one value."""
    with open(schema_path, encoding="utf-8") as file:
        validator = jsonschema.Draft7Validator(json.load(file))
    bad = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            wrong = complaint(validator, file.read())
        if wrong:
            bad += 1
            print("%s: %s" % (path, wrong))
    return 1 if bad or not paths else 0


def keys_of(value):
    """All keys in a JSON value, at any depth."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    if not isinstance(value, dict):
        return set()
    return set(value).union(*map(keys_of, value.values()))


def properties_of(schema):
    """All property names in a schema, at any depth."""
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", ())).union(*map(properties_of, schema.values()))


def check_documented(schema_path, doc_path, *paths):
    with open(schema_path, encoding="utf-8") as file:
        known = properties_of(json.load(file))
    with open(doc_path, encoding="utf-8") as file:
        text = file.read()
    written = set()
    for path in paths:
        with open(path, encoding="utf-8") as trace:
            text_of = trace.read()
        values = [text_of] if path.endswith(".json") else text_of.splitlines()
        written.update(*(keys_of(json.loads(value)) for value in values))
    lost = sorted(written - known) + sorted(key for key in known if f"`{key}`" not in text)
    for key in lost:
        print("%s is not described" % key)
    return 1 if lost or not written else 0


def main(argv):
    if argv[:1] == ["--documented"]:
        sys.exit(check_documented(*argv[1:]))
    if argv[:1] == ["--whole"]:
        sys.exit(check_whole(*argv[1:]))
    refuse = argv[:1] == ["--refuse"]
    schema_path, *paths = argv[refuse:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    sys.exit(1 if sum(check(validator, path, refuse) for path in paths) or not paths else 0)


main(sys.argv[1:])
