#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Computes the numbers of `cttrace stats` a second time, and from other sources.

stats.py one STATS.json REPORT.json TRACE [REPORT.json TRACE]...
        calls and failures from the traces, phases and roles from the reports
stats.py two STATS.json FIRST.json SECOND.json
        the ratios of two sets; the intervals by a bootstrap of its own
Prints what differs; the exit status is 1 then.
"""
import collections
import errno
import json
import math
import random
import statistics
import sys

STEPS = 4000
SLACK = 0.01  # two bootstraps with different random numbers


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def covered(lives):
    """How much time is in at least one of these intervals."""
    total, until = 0, -math.inf
    for start, end in sorted(lives):
        total += max(0, end - max(start, until))
        until = max(until, end)
    return total


def add_report(values, report):
    roles = {p["serial"]: p["role"] for p in report["processes"]}
    run = collections.Counter()
    lives = collections.defaultdict(list)
    end = report["duration_ns"]
    run["run", None, None] = end
    for phase in report["phases"]:
        leader = phase["leader"]
        role = roles[leader["serial"]] if leader and not phase["step"] else None
        length = phase["busy_ns"] if phase["step"] else phase["end_ns"] - phase["start_ns"]
        kind = "step" if phase["step"] else "phase"
        run[kind, phase["name"], None if role == "unknown" else role] += length
    for p in report["processes"]:
        lives[p["role"]].append((p["born_ns"], end if p["exited_ns"] is None else p["exited_ns"]))
    for role, spans in lives.items():
        run["role", None, None if role == "unknown" else role] += covered(spans)
    run["count", "benign failed calls", None] = sum("benign" in e["tags"] for e in report["events"])
    run["count", "processes", None] = len(report["processes"])
    run["count", "threads", None] = sum(p["threads"] for p in report["processes"])
    run["count", "containers", None] = len(report["containers"])
    for key, value in run.items():
        values[key].append(value)


def add_trace(values, path):
    failures = collections.Counter()
    calls = failed = 0
    with open(path, encoding="utf-8") as trace:
        for line in map(json.loads, trace):
            kind = line.get("ev")
            if kind not in ("call", "exec"):
                continue
            calls += 1
            failed += "errno" in line
            name = line["name"] if kind == "call" else line["call"]
            if "dur" in line and not line.get("ongoing"):  # so long, and not at its end
                values["call", name, None].append(line["dur"])
            if "errno" in line:
                failures[name, errno.errorcode[line["errno"]]] += 1
    values["count", "calls", None].append(calls)
    values["count", "failed calls", None].append(failed)
    for key, times in failures.items():
        values[("failure",) + key].append(times)


def summary(values):
    p95 = values[0] if len(values) == 1 else statistics.quantiles(values, n=100, method="inclusive")[94]
    return {"n": len(values), "min": min(values), "median": statistics.median(values), "p95": p95,
            "max": max(values), "sum": sum(values)}


def key_of(measure):
    return measure["kind"], measure["name"], measure["errno"] or measure["role"]


def one(stats, *files):
    values = collections.defaultdict(list)
    for report, trace in zip(files[::2], files[1::2]):
        add_report(values, load(report))
        add_trace(values, trace)
    told = {}
    for measure in load(stats)["sets"][0]["measures"]:
        told.setdefault(key_of(measure), []).append(measure)
    # failures that working starts have, and others, are told apart: their sum is what counts here
    bad = [f"{key}: only one of us has it" for key in told.keys() ^ values.keys()]
    whole = sum(values["run", None, None])
    for key in told.keys() & values.keys():
        want = summary(values[key])
        got = told[key][0]
        if len(told[key]) > 1:
            want, got = {"sum": want["sum"]}, {"sum": sum(m["sum"] for m in told[key])}
        elif got["unit"] == "ns":
            want["share"] = want["sum"] / whole
        bad += [f"{key} {name}: {got[name]}, not {number}" for name, number in want.items()
                if not math.isclose(got[name], number, rel_tol=1e-9)]
    return bad


def is_quantile(value, q, ratios):
    """There may be many equal ratios: how many are below, and how many are not above?"""
    below = sum(r < value - 1e-9 for r in ratios) / len(ratios)
    not_above = sum(r <= value + 1e-9 for r in ratios) / len(ratios)
    return below <= q + SLACK and not_above >= q - SLACK


def ratio_of(second, first):
    """Of nothing to nothing, and of something to nothing (docs/stats.md)."""
    if first:
        return second / first
    return math.inf if second else 1


def resample(first, second):
    draw = random.Random(7)
    return [ratio_of(statistics.median(draw.choices(second, k=len(second))),
                     statistics.median(draw.choices(first, k=len(first)))) for _ in range(STEPS)]


def two(stats, *files):
    sets = []
    for listed in files:
        values = collections.defaultdict(list)
        for report in load(listed):
            add_report(values, load(report))
        sets.append(values)
    bad = []
    tested = 0
    for row in load(stats)["comparison"]["rows"]:
        first, second = (values.get(key_of(row)) for values in sets)
        if row["low"] is None or not first or not second:
            continue
        tested += 1
        ratio = statistics.median(second) / statistics.median(first) if statistics.median(first) else 1
        if not math.isclose(row["ratio"], ratio, rel_tol=1e-9):
            bad.append(f"{key_of(row)}: ratio {row['ratio']}, not {ratio}")
        if not statistics.median(first):
            continue
        ratios = resample(first, second)
        for value, q in ((row["low"], 0.025), (row["high"], 0.975)):
            if not is_quantile(value, q, ratios):
                bad.append(f"{key_of(row)}: {value} is not the quantile {q}")
        shown = "more" if row["low"] > 1 else "less" if row["high"] < 1 else "none shown"
        if row["difference"] != shown:
            bad.append(f"{key_of(row)}: {row['difference']}, not {shown}")
    return bad if tested > 5 else bad + [f"only {tested} rows were tested"]


problems = {"one": one, "two": two}[sys.argv[1]](*sys.argv[2:])
print("\n".join(problems))
sys.exit(1 if problems else 0)
