#!/usr/bin/env python3
"""Writes Tests/SchedulingTests/Fixtures/slots.tsv: slots as another implementation finds them.

croniter (`pip install croniter==7.0.0 tzdata`) says which wall times an expression matches, zoneinfo says at which instants the clocks show them,
and the few lines here apply the transition policy of docs/schedules.md. The walk is over wall times, not over instants as in the Swift code
and its other oracle. The zone data is that of the tzdata package; its version is in the file, and each zone has a checksum of its
transitions, so that the test can leave out zones for which Foundation has other data.

    python3 scripts/generate-schedule-oracle.py > Tests/SchedulingTests/Fixtures/slots.tsv
"""

import random
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

import tzdata
from croniter import croniter

zoneinfo.reset_tzpath(to=[])
UTC = timezone.utc
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = 0, 4133980800  # 1970 to 2100
CASES = 3400
HARD = """Africa/Cairo Africa/Casablanca Africa/El_Aaiun America/Asuncion America/Caracas America/Godthab America/Havana America/Metlakatla
Africa/Monrovia America/New_York America/Santiago America/Sao_Paulo America/Scoresbysund America/St_Johns Antarctica/Casey Antarctica/Troll Asia/Amman
Asia/Beirut Asia/Gaza Asia/Kathmandu Asia/Pyongyang Asia/Tehran Atlantic/Azores Australia/Eucla Australia/Lord_Howe Europe/Berlin Europe/Dublin
Europe/Istanbul Europe/Lisbon Europe/London Europe/Moscow Pacific/Apia Pacific/Chatham Pacific/Easter Pacific/Fakaofo Pacific/Kwajalein
Pacific/Norfolk UTC""".split()


def offset(zone, instant):
    local = (EPOCH + timedelta(seconds=instant)).astimezone(zone)
    return int(local.utcoffset().total_seconds())


def transitions(zone):
    found = []
    step = 86400
    before = offset(zone, FIRST)
    for instant in range(FIRST, LAST, step):
        after = offset(zone, instant + step)
        if after != before:
            low, high = instant, instant + step
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
            found.append((high, after))
            before = after
    return found


def checksum(zone, changes):
    """FNV-1a over the decimal text, 64 bits."""
    text = ";".join([str(offset(zone, FIRST))] + [f"{at},{after}" for at, after in changes if at < LAST])
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def seconds(moment):
    return int((moment - EPOCH).total_seconds())


def candidates(wall, zone, any_hour, gap, fold):
    """The slots that one matching wall time makes: (instant, mark)."""
    early, late = (wall.replace(tzinfo=zone, fold=f).astimezone(UTC) for f in (0, 1))
    if early.astimezone(zone).replace(tzinfo=None) == wall:
        if early == late:
            return [(seconds(early), "")]
        both = [(seconds(early), "1"), (seconds(late), "2")]
        if any_hour or fold == "both":
            return both
        return both[:1] if fold == "first" else both[1:]
    if gap == "skip":
        return []
    mark = f"s{int((wall - datetime(1970, 1, 1)).total_seconds())}"
    if any_hour:  # fold=0 reads a missing time with the offset before the jump: just as much later
        return [(seconds(early), mark)]
    low, high = seconds(late) - 1, seconds(early)
    while high - low > 1:
        middle = (low + high) // 2
        shows = (EPOCH + timedelta(seconds=middle)).astimezone(zone).replace(tzinfo=None)
        low, high = (low, middle) if shows >= wall else (middle, high)
    return [(high, mark)]


def walls(expression, start, forwards):
    walk = croniter(expression, start, implement_cron_bug=True, max_years_between_matches=45)
    while True:
        yield walk.get_next(datetime) if forwards else walk.get_prev(datetime)


def collect(expression, zone, instant, gap, fold, forwards, wanted):
    """The nearest slots in one direction; wall times and instants run apart by two days at most."""
    any_hour = expression.split()[1].startswith("*")
    local = (EPOCH + timedelta(seconds=instant)).astimezone(zone).replace(tzinfo=None)
    margin = timedelta(days=2)
    found = {}
    enough = None
    for wall in walls(expression, local - margin if forwards else local + margin, forwards):
        if enough is not None and (wall > enough if forwards else wall < enough):
            break
        for at, mark in candidates(wall, zone, any_hour, gap, fold):
            if (at > instant) if forwards else (at <= instant):
                known = found.get(at)
                # A slot that is shown stands before a shifted one; the earliest of several shifted ones counts.
                if known is None or (known.startswith("s") and (not mark.startswith("s") or int(mark[1:]) < int(known[1:]))):
                    found[at] = mark
        if len(found) >= wanted and enough is None:
            enough = wall + margin if forwards else wall - margin
    ordered = sorted(found.items(), reverse=not forwards)
    return ordered[:wanted]


def field(pick, low, high):
    kind = pick.random()
    if kind < 0.45:
        return str(pick.randint(low, high))
    if kind < 0.6:
        return ",".join(str(n) for n in sorted(pick.sample(range(low, high + 1), 3)))
    first = pick.randint(low, high - 1)
    last = pick.randint(first + 1, high)
    if kind < 0.75:
        return f"{first}-{last}"
    if kind < 0.9:
        return f"{first}-{last}/{pick.randint(1, 5)}"
    return f"{first}/{pick.randint(2, 7)}"


def expression(pick):
    minute = pick.choice(["0", "30", "15", "59", "0,30", "*/15", "*/20", "7/25", str(pick.randint(0, 59))])
    hour = pick.choice(["*", "*", "*/2", "*/6", "*/12", "0", "1", "2", "2", "3", "0-3", "1,2", "22-23", field(pick, 0, 23)])
    day = pick.choice(["*"] * 6 + ["*/2", "1", "29-31", field(pick, 1, 28)])
    month = pick.choice(["*"] * 5 + ["*/3", "3,4,9-11", field(pick, 1, 12)])
    weekday = pick.choice(["*"] * 5 + ["0", "7", "1-5", "0,6", "*/2", field(pick, 0, 6)])
    return " ".join([minute, hour, day, month, weekday])


def main():
    pick = random.Random(20261121)
    names = sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})
    print(f"# tzdata {tzdata.IANA_VERSION}; written by scripts/generate-schedule-oracle.py")
    changes = {}
    for name in names:
        zone = zoneinfo.ZoneInfo(name)
        changes[name] = transitions(zone)
        print(f"zone\t{name}\t{checksum(zone, changes[name])}")
    for _ in range(CASES):
        name = pick.choice(HARD if pick.random() < 0.6 else names)
        zone = zoneinfo.ZoneInfo(name)
        text = expression(pick)
        gap, fold = pick.choice(["shift", "shift", "skip"]), pick.choice(["first", "second", "both"])
        near = [at for at, _ in changes[name] if FIRST + 10 * 86400 < at < LAST - 10 * 86400]
        if near and pick.random() < 0.75:
            instant = pick.choice(near) + pick.randint(-36 * 3600, 12 * 3600)
        else:
            instant = pick.randint(FIRST + 86400, LAST - 4100 * 86400)
        later = collect(text, zone, instant, gap, fold, True, 3)
        earlier = collect(text, zone, instant, gap, fold, False, 1)
        if any(not FIRST <= at < LAST for at, _ in later + earlier):
            continue
        slots = [f"{at - instant}{mark and ':' + mark}" for at, mark in earlier + later]
        print("\t".join([name, text, f"{gap} {fold}", str(instant)] + slots))


if __name__ == "__main__":
    sys.exit(main())
