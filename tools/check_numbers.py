#!/usr/bin/env python3
"""Recomputes every number of the built briefs, apart from kosh, and compares the pages with it.

    tools/check_numbers.py [--project DIR] [--output DIR] [--forms FORM,FORM] [PERIOD ...]

It shares nothing with kosh: it reads data/*.csv itself, knows the rules of the brief by heart, and
takes the text of the PDFs from `pdftotext`. It checks that

1. every numeric token of the pages is a value recomputed here, a year, a date that the data give for
   this period, or a number of a figure, table, note, source or page;
2. the sentences and the rows of Table 1 that it knows say the value computed for them, with its sign;
3. the acts of the introduction, those that replaced others, the claims of research and the table of measures are those that the register gives for the
   period, each with its own day, number, status, plan and fact, and nothing else;
4. no number in running text is finer than its sources know it;
5. the editions of one period print the same numbers;
6. the express edition and the annex hold to the same: all their numeric tokens, the sentences of the one,
   and every row of the tables of both, cell by cell.

It exits with 1 if anything is wrong. Needs Python 3 and poppler's pdftotext, nothing else.
"""

import argparse, collections, csv, itertools, math, pathlib, re, subprocess, sys

STATUS = {"secondary": 0, "express": 1, "final": 2}
PERIODS = {"2024": (2024, 12), "2025-H1": (2025, 6), "2025-9M": (2025, 9), "2025": (2025, 12)}
NBSP = "\u00a0"
MARKS = "ᴾᴮᴼᴷᴵᴰᴹᴺʳᵇ°ᵈᵖˣᵃᵗ"  # of the tables
ROUNDED = "ᴼ°"


class V:
    """A value, how far the truth may lie from it, and the coarsest unit among its parts."""

    def __init__(self, value, error=0.0, unit=None):
        self.v, self.e = float(value), float(error)
        self.u = 2 * self.e if unit is None else unit

    def __sub__(self, other):
        return V(self.v - other.v, self.e + other.e, max(self.u, other.u))

    def __add__(self, other):
        return V(self.v + other.v, self.e + other.e, max(self.u, other.u))


def corners(f, *args):
    """f of intervals: its value, and the largest deviation at a corner."""
    mid = f(*[a.v for a in args])
    ends = [f(*c) for c in itertools.product(*[(a.v - a.e, a.v + a.e) for a in args])]
    return V(mid, max(abs(e - mid) for e in ends))


def share(part, whole):
    return corners(lambda p, w: 100 * p / w, part, whole)


def change(now, base):
    return corners(lambda n, b: 100 * (n - b) / b, now, base) if base.v >= 50 else None


def told(a, b):
    """a less b, where rounding leaves enough of it: three of the coarser steps where the steps differ, else the
    error; of a qualified number ten steps."""
    rest = a - b
    fine, coarse = sorted([a.u or 1, b.u or 1])
    if any(getattr(x, "qualified", False) for x in (a, b)):
        return rest if abs(rest.v) >= 10 * coarse else None
    if coarse <= 1:
        return rest
    return rest if abs(rest.v) >= (3 * coarse if coarse >= 10 * fine * (1 - 1e-9) else rest.e) else None


def effectiveness(a, b):
    return corners(lambda x, y: 100 * (x - y) / (x + y), a, b)


# --- the data ------------------------------------------------------------------------------------

class Data:
    def __init__(self, folder):
        self.tables = {}
        read = lambda name: list(csv.DictReader(open(folder / f"{name}.csv", encoding="utf-8")))
        self.vintages = {r["vintage"]: r for r in read("vintages")}
        self.precedence = {r["source_id"]: int(r["precedence"] or 9) for r in read("sources")}
        self.regions = [r["code"] for r in read("regions") if r["kind"] != "country"]
        self.countries = [r["code"] for r in read("partners") if r["kind"] == "country"]
        for name in ["international", "international_rates", "internal", "interregional", "interregional_od", "rural",
                     "population", "population_change", "labour", "abroad", "students", "remittances",
                     "international_by_region", "balance_all_flows"]:
            self.tables[name] = read(name)
        self.policy = read("policy")
        plain = lambda r: {k: v.replace(NBSP, " ").replace("\u202f", " ") for k, v in r.items()}
        words = lambda name: {r["code"]: plain(r) for r in read(f"lexicon/{name}")}
        names = ["policy", "claims", "regions", "partners"]
        self.words = {(name, lang): words(f"{name}.{lang}") for name in names for lang in ["ru", "en"]}

    def released(self, period):
        """The day as of which a period is described: of its final release, else of its express one."""
        names = [f"{period}-final", f"{period}-express"]
        return next(self.vintages[n]["released"] for n in names if n in self.vintages)

    def latest(self, table, year, month, **key):
        """The newest day with a figure within the year that ends the day after the period."""
        end, oldest = day_after(year, month), day_after(year - 1, month)
        days = [r["period"] for r in self.tables[table] if r["value"] and ".." not in r["period"]
                and oldest < r["period"] <= end and all(r[k] == v for k, v in key.items())]
        value = self.pick(table, max(days), **key) if days else None
        if value:
            value.day = max(days)
        return value

    def pick(self, table, when, only=None, **key):
        """The latest status, or the one asked for; of it the table before the text, refined by a finer row that agrees."""
        rows = [r for r in self.tables[table] if r["period"] == when and r["value"]
                and all(r[k] == v for k, v in key.items())]
        if not rows:
            return None
        rank = lambda r: STATUS[self.vintages[r["vintage"]]["status"]]
        rows = [r for r in rows if only in (None, rank(r))]
        if not rows:
            return None
        best = max(map(rank, rows))
        rows = [r for r in rows if rank(r) == best]
        unit = lambda r: float(r["rounded_to"])
        when_out = lambda r: -int(self.vintages[r["vintage"]]["released"].replace("-", ""))
        rows.sort(key=lambda r: (self.precedence[r["source_id"]], when_out(r), unit(r)))
        first = rows[0]
        agree = [r for r in rows if r is first or
                 abs(float(r["value"]) - float(first["value"])) < max(unit(r), unit(first))]
        finest = min(agree, key=unit)
        exact = unit(finest) == 1 and finest["unit"] == "persons"
        value = V(finest["value"], 0 if exact else unit(finest) / 2)
        if finest.get("qualifier"):  # “almost 130 thousand”: the whole last unit is open
            value = V(finest["value"], unit(finest), unit(finest))
            value.qualified = True
        value.status = best
        value.revised = best == 2 and any(
            abs(float(r["value"]) - value.v) >= unit(r) for r in self.tables[table]
            if r["period"] == when and r["value"] and all(r[k] == v for k, v in key.items())
            and rank(r) == 1)
        return value


def span(year, month):
    return f"{year}-01..{year}-{month:02d}"


def day_after(year, month):
    return f"{year + month // 12}-{month % 12 + 1:02d}-01"


def last_quarter(year, month):
    return f"{year}-{month - 2:02d}-01"


def recompute(data, year, month):
    """Every value the brief of a period may print, by name."""
    out = {}

    def flow(kind, partner="WORLD", y=year, m=month, only=None):
        return data.pick("international", span(y, m), only, flow=kind, partner=partner)

    def rate(measure, y=year, only=None):
        return data.pick("international_rates", span(y, month), only, measure=measure)

    for y, tail in [(year, ""), (year - 1, ".base")]:
        a, d = flow("arrivals", y=y), flow("departures", y=y)
        out["X1" + tail], out["X2" + tail] = a, d
        if a and d:
            out["X3" + tail] = a - d
            out["X6" + tail] = effectiveness(a, d)
            printed = flow("net", y=y)
            if printed and abs((a - d).v - printed.v) > (a - d).e + printed.e:
                print(f"  data: net {y} printed {printed.v:.0f}, computed {(a - d).v:.0f}")
        for name, kind, measure in [("X4a", "arrivals", "cis_share_arrivals"), ("X4d", "departures", "cis_share_departures")]:
            cis, all_ = flow(kind, "CIS", y), flow(kind, y=y)
            levels = share(cis, all_) if cis and all_ else None
            out[name + tail] = levels or rate(measure, y)
        internal = lambda measure: data.pick("internal", span(y, month), region="KZ", measure=measure)
        out["I1" + tail], out["I2" + tail] = internal("internal_movers_total"), internal("interregional_movers")
        out["R1" + tail] = data.pick("rural", span(y, month), region="KZ", settlement="rural", measure="net_migration")
    first_bases(out, flow, rate, year - 1)
    if out["I1"] and out["I2"]:
        out["I2_share"] = share(out["I2"], out["I1"])
    # The ministry's count of the same moves, of nine months in the brief of the year too.
    for last in [month, 9] if month > 9 else [month]:
        if out["I2"] and not out.get("I2_mlspp"):
            out["I2_mlspp"] = data.pick("internal", span(year, last), region="KZ", measure="interregional_movers_mlspp")
    for name in ["X1", "X2", "X3", "X4a", "X4d", "X6", "I1", "I2", "R1"]:
        now, base = out.get(name), out.get(name + ".base")
        if now and base:
            out[name + ".difference"] = told(now, base)
    for name, measure, where in [("X1", "yoy_arrivals", "international_rates"), ("X2", "yoy_departures", "international_rates"),
                                 ("I1", "internal_movers_yoy", "internal"), ("I2", "interregional_movers_yoy", "internal")]:
        key = {"region": "KZ"} if where == "internal" else {}
        printed = data.pick(where, span(year, month), measure=measure, **key)
        now, base = out.get(name), out.get(name + ".base")
        levels = change(now, base) if now and base else None
        # Levels decide; a printed percentage that they allow may be finer.
        if levels and printed and abs(levels.v - printed.v) <= levels.e + printed.e + 1e-9 and levels.e > printed.e:
            levels = printed
        out[name + ".change"] = levels or printed
    # The last quarter of the period, only within one release or one that was not revised since.
    if month > 3:
        for name, kind in [("X1", "arrivals"), ("X2", "departures")]:
            before = flow(kind, m=month - 3)
            if before and out[name] and not (out[name].revised and before.status != out[name].status):
                out[name + ".quarter"] = out[name] - before
        if "X1.quarter" in out and "X2.quarter" in out:
            a, d = out["X1.quarter"], out["X2.quarter"]
            out["X3.quarter"], out["X6.quarter"] = a - d, effectiveness(a, d)
        for name, measure in [("I1", "internal_movers_total"), ("I2", "interregional_movers")]:
            before = data.pick("internal", span(year, month - 3), region="KZ", measure=measure)
            if before and out[name]:
                out[name + ".quarter"] = out[name] - before
    for code in data.countries:
        a, d = flow("arrivals", code), flow("departures", code)
        out[f"X1[{code}]"], out[f"X2[{code}]"] = a, d
        if a and d:
            out[f"X3[{code}]"] = told(a, d)
        for name, kind, now in [("X1", "arrivals", a), ("X2", "departures", d)]:
            base = flow(kind, code, year - 1)
            if now and base:
                out[f"{name}[{code}].change"] = change(now, base)
    net = {}
    for code in data.regions:
        value = data.pick("interregional", span(year, month), region=code, measure="net")
        if value:
            net[code] = out[f"I4[{code}]"] = value
    gains = sorted((v for v in net.values() if v.v > 0), key=lambda v: -v.v)
    if gains:
        out["I5"], out["regions"], out["I4.top"] = V(len(gains)), V(len(data.regions)), gains[0]
        out["I6"] = sum(gains[1:], gains[0])
        out["I7"] = corners(lambda *g: 100 * sum(g[:3]) / sum(g), *gains)
    for y in range(2000, year + 1):
        value = data.pick("rural", span(y, 12), region="KZ", settlement="rural", measure="net_migration")
        if value:
            out[f"R1_years[{y}]"] = value
            if (y, 12) <= (year, month):
                out["R1_annual"] = value
    day = day_after(year, month)
    urban, total = (data.pick("population", day, region="KZ", settlement=s, sex="total") for s in ["urban", "total"])
    if urban and total:
        out["R4"] = share(urban, total)
        out["R4"].day = day
    natural = data.pick("rural", span(year, month), region="KZ", settlement="rural", measure="natural_increase")
    if natural and out.get("R1") and out["R1"].v < 0:
        out["R3"] = corners(lambda n, r: -100 * n / r, natural, out["R1"])
    flows = [r for r in data.tables["interregional_od"] if r["period"] == span(year, month) and r["value"]]
    if flows:
        flow = lambda a, b: data.pick("interregional_od", span(year, month), origin=a, destination=b)
        first = max(flows, key=lambda r: float(r["value"]))
        out["OD"] = flow(first["origin"], first["destination"])
        out["OD.reverse"] = flow(first["destination"], first["origin"])
    trend(data, year, month, out)
    regions(data, year, month, out)
    recompute_labour(data, year, month, out)
    moved = lambda measure: data.pick("population_change", span(year, month), region="KZ", measure=measure)
    out["P_natural"], out["P_migration"] = moved("natural_increase"), moved("net_migration")
    out["P_migration"] = out["P_migration"] or out.get("X3")
    printed = moved("growth")
    parts = out["P_natural"] and out["P_migration"]
    out["P_growth"] = out["P_natural"] + out["P_migration"] if parts else printed
    if parts and printed and abs(out["P_growth"].v - printed.v) > out["P_growth"].e + printed.e:
        print(f"  data: growth {year} printed {printed.v:.0f}, computed {out['P_growth'].v:.0f}")
    # A percentage known worse than to a point is not printed, nor a quarter that rounding could have made.
    percent = lambda k: k in ("I2_share",) or k.startswith("X6") or k.endswith(".change")
    blunt = lambda k, v: percent(k) and v.e > 1 and abs(v.v) < 100
    guessed = lambda k, v: k in ("X1.quarter", "X2.quarter", "I1.quarter", "I2.quarter") and abs(v.v) < 10 * v.u
    return {k: v for k, v in out.items() if v and not blunt(k, v) and not guessed(k, v)}


def ticks(values):
    """Where lines are ruled behind columns or lines: from three to six round steps."""
    low, high = min([0.0, *values]), max([0.0, *values])
    least = (high - low) / 4
    decade = 10.0 ** math.floor(math.log10(least)) if least else 1
    step = next(m * decade for m in (1, 2, 5, 10) if least <= m * decade * (1 + 1e-9))
    return [V(n * step) for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def trend(data, year, month, out):
    """The external balance over the years, how long it has had its sign, the ranges before, and the balance of all
    flows by region."""
    last = year if month == 12 else year - 1

    def flows(y, m):
        return [data.pick("international", span(y, m), flow=kind, partner="WORLD") for kind in ["arrivals", "departures"]]

    def net(y, m=12):
        whole = data.pick("balance_all_flows", span(y, m), region="KZ", settlement="total", measure="net")
        a, d = flows(y, m)
        return whole or (a - d if a and d else None)

    years = {y: net(y) for y in range(last - 25, last + 1) if net(y)}
    out |= {f"X3_years[{y}]": v for y, v in years.items()}
    out["X3_annual"] = years.get(last)
    for y in range(last - 4, last + 1):
        out[f"X1_years[{y}]"], out[f"X2_years[{y}]"] = flows(y, 12)
    known = [v.v for k, v in out.items() if re.match(r"X[12]_years", k) and v]
    for name, of in [("X3", [v.v for v in years.values()]), ("X12", known),
                     ("R1", [v.v for k, v in out.items() if k.startswith("R1_years") and v])]:
        out |= {f"{name}.tick{i}": v for i, v in enumerate(ticks(of))}
    runs = [(sign, len(list(run))) for sign, run in itertools.groupby(sorted(years), key=lambda y: years[y].v > 0)]
    for name, back in [("X3_run", 1), ("X3_run_before", 2)]:
        if len(runs) > back:
            out[name] = V(runs[-back][1])
    rural = lambda y, m=12: data.pick("rural", span(y, m), region="KZ", settlement="rural", measure="net_migration")
    for name, of, y, m in [("X3", net, year, month), ("X3_annual", net, last, 12), ("R1", rural, year, month), ("R1_annual", rural, last, 12)]:
        before = [of(back, m) for back in range(y - 5, y)]
        if all(before):
            for end, which in [("low", min), ("high", max)]:
                out[f"{name}.range.{end}"] = which(before, key=lambda v: v.v)
    # The newest of the last two years in which the regions have it.
    every = lambda y: {c: data.pick("balance_all_flows", span(y, 12), region=c, settlement="total", measure="net") for c in data.regions}
    for y in [last, last - 1]:
        of = {c: v for c, v in every(y).items() if v}
        if of:
            out |= {f"A_all_year[{c}]": v for c, v in of.items()}
            out["A_all_least"] = min(of.values(), key=lambda v: v.v)
            out["A_all_gainers"], out["A_all_regions"] = V(sum(v.v > 0 for v in of.values())), V(len(data.regions))
            break


def first_bases(out, flow, rate, y):
    """The bases as the first release had them, where that was another number."""
    express = STATUS["express"]
    first = {"X1": flow("arrivals", y=y, only=express), "X2": flow("departures", y=y, only=express)}
    a, d = first.values()
    if a and d:
        first |= {"X3": a - d, "X6": effectiveness(a, d)}
    for name, level, kind, measure in [("X4a", a, "arrivals", "cis_share_arrivals"), ("X4d", d, "departures", "cis_share_departures")]:
        cis = flow(kind, "CIS", y, only=express)
        first[name] = share(cis, level) if cis and level else rate(measure, y, express)
    for name, value in first.items():
        now = out.get(name + ".base")
        # What differs by no more than rounding is no revision.
        if value and now and value.v != now.v and abs(value.v - now.v) >= 2 * value.e:
            out[name + ".first-base"] = value


def regions(data, year, month, out):
    """What Table 2 has of a region beside its balance: flows, a year ago, per 1 000, abroad, in total."""
    out["per"] = V(1000)  # the head of a column, which may break behind its preposition
    stock = lambda code, day: data.pick("population", day, region=code, settlement="total", sex="total")
    first = {code: stock(code, f"{year}-01-01") for code in data.regions}
    last = {code: stock(code, day_after(year, month)) for code in data.regions}
    # The mean population where every region has both ends; else the one at the start, for all of them.
    whole = all(last[code] for code in data.regions if first[code])
    people_of = {code: corners(lambda a, b: (a + b) / 2, first[code], last[code]) if whole and first[code] else first[code]
                 for code in data.regions}
    for code in data.regions:
        pick = lambda table, y=year, **key: data.pick(table, span(y, month), region=code, **key)
        net, base = pick("interregional", measure="net"), pick("interregional", year - 1, measure="net")
        people = people_of[code]
        out[f"A_in[{code}]"], out[f"A_out[{code}]"] = pick("interregional", measure="arrivals"), pick("interregional", measure="departures")
        out[f"X3[{code}]"] = pick("international_by_region", flow="net")
        out[f"A_all[{code}]"] = pick("balance_all_flows", settlement="total", measure="net")
        out[f"I4[{code}].base"] = base
        if net and base:
            out[f"I4[{code}].difference"] = told(net, base)
        if net and people:
            out[f"I8[{code}]"] = corners(lambda n, p: 1000 * n / p, net, people)


def recompute_labour(data, year, month, out):
    """Permits and work abroad of a day, transfers of the months, resettlement against the quota of the year."""
    out["E1_bns"] = data.latest("students", year, month, measure="foreign_students", agency="bns", partner="WORLD")
    out["E1_mshe"] = data.latest("students", year, month, measure="foreign_students", agency="mshe", partner="WORLD")
    out["L1"] = data.latest("labour", year, month, measure="foreign_workers_on_local_permits", region="KZ", category="total")
    for agency in ["mlspp", "mfa"]:
        out[f"L4_{agency}"] = data.latest("abroad", year, month, measure="citizens_working_abroad", agency=agency, partner="WORLD")
    for name, measure in [("M1", "remittances_sent"), ("M2", "remittances_received")]:
        key = {"measure": measure, "partner": "WORLD"}
        months = [data.pick("remittances", f"{year}-{m:02d}..{year}-{m:02d}", **key) for m in range(1, month + 1)]
        printed = data.pick("remittances", span(year, month), **key)
        total = sum(months[1:], months[0]) if all(months) else printed
        if total and printed and abs(total.v - printed.v) > total.e + printed.e:
            print(f"  data: {measure} {year} printed {printed.v:.0f}, computed {total.v:.0f} million tenge")
        out[name] = V(total.v * 1e6, total.e * 1e6) if total else None
    labour = lambda when, measure, category: data.pick("labour", when, region="KZ", measure=measure, category=category)
    out["K1"] = labour(span(year, month), "kandas_status_granted_ytd", "total")
    settled = {c: labour(span(year, month), "resettled_to_labour_deficit_regions", c) for c in ["kandas", "resettlers", "total"]}
    if not settled["resettlers"] and settled["kandas"] and settled["total"]:
        settled["resettlers"] = settled["total"] - settled["kandas"]
    plans = {c: labour(span(year, 12), "regional_quota", c) for c in ["kandas", "resettlers"]}
    if all(plans.values()):
        plans["total"] = plans["kandas"] + plans["resettlers"]
    for name, category in [("K2", "kandas"), ("K3", "resettlers"), ("K23", "total")]:
        out[name], out[name + "_plan"] = settled[category], plans.get(category)
        if settled[category] and plans.get(category):
            out[name + "_use"] = share(settled[category], plans[category])
    # Regions behind: reports and plans name every region that has any, so the others have none.
    region = lambda code, when, measure, category: data.pick("labour", when, region=code, measure=measure, category=category)
    plans = [{c: region(c, span(year, 12), "regional_quota", k) for c in data.regions} for k in ["kandas", "resettlers"]]
    done = {c: region(c, span(year, month), "resettled_to_labour_deficit_regions", "total") for c in data.regions}
    if all(any(named.values()) for named in [*plans, done]):
        wanted = {c: sum((p[c].v for p in plans if p[c]), 0.0) for c in data.regions}
        use = {c: 100 * (done[c].v if done[c] else 0) / w for c, w in wanted.items() if w}
        behind = [c for c, u in use.items() if u < 50]
        if behind:
            out["K23_behind"], out["K23_regions"], out["K23_behind.threshold"] = V(len(behind)), V(len(use)), V(50)


def recompute_annex(data, year, month, known):
    """What only the annex prints: `known` with more indicators, their bases, differences and quarters."""
    out = dict(known)

    def compared(name, of, base_of=None, counted=True):
        now, base = of(year), (base_of or of)(year - 1)
        out[name], out[name + ".base"] = now, base
        if now and base:
            out[name + ".difference"] = told(now, base)
            out[name + ".change"] = change(now, base) if counted else None

    for tail in ["", ".base", ".quarter"]:
        moves, between = known.get("I1" + tail), known.get("I2" + tail)
        out["I3" + tail] = moves - between if moves and between else None
    if out["I3"] and out["I3.base"]:
        out["I3.difference"], out["I3.change"] = told(out["I3"], out["I3.base"]), change(out["I3"], out["I3.base"])
    net = lambda y, code: data.pick("interregional", span(y, month), region=code, measure="net")
    gains = lambda y: sorted((v for v in (net(y, c) for c in data.regions) if v and v.v > 0), key=lambda v: -v.v)
    compared("I5", lambda y: V(len(gains(y))) if gains(y) else None)
    compared("I6", lambda y: sum(gains(y)[1:], gains(y)[0]) if gains(y) else None)
    compared("I7", lambda y: corners(lambda *g: 100 * sum(g[:3]) / sum(g), *gains(y)) if gains(y) else None, counted=False)

    def urban(y):
        parts = [data.pick("population", day_after(y, month), region="KZ", settlement=s, sex="total") for s in ["urban", "total"]]
        return share(*parts) if all(parts) else None

    compared("R4", urban, counted=False)
    if month > 3:
        out["R4.quarter"] = out["R4"]  # a share at the end of a quarter is that at the end of the period
    labour = lambda y, m, measure, category: data.pick("labour", span(y, m), region="KZ", measure=measure, category=category)
    settled = lambda category: lambda y, m=month: labour(y, m, "resettled_to_labour_deficit_regions", category)

    def settlers(y, m=month):
        whole, kandas = settled("total")(y, m), settled("kandas")(y, m)
        return settled("resettlers")(y, m) or (whole - kandas if whole and kandas else None)

    for name, of in [("K1", lambda y, m=month: labour(y, m, "kandas_status_granted_ytd", "total")),
                     ("K2", settled("kandas")), ("K3", settlers)]:
        compared(name, of)
        before = of(year, month - 3) if month > 3 else None
        out[name + ".quarter"] = out[name] - before if out[name] and before else None
    for code in data.regions:
        for to in data.regions:
            out[f"OD[{code}>{to}]"] = data.pick("interregional_od", span(year, month), origin=code, destination=to)
        total = lambda y, m: data.pick("interregional", span(y, m), region=code, measure="net")
        for back in range(8):
            y, m = divmod(year * 12 + month - 1 - 3 * back, 12)
            now, before = total(y, m + 1), total(y, m - 2) if m > 2 else None
            value = now if m == 2 else now - before if now and before else None
            out[f"I4[{code}].{y}Q{m // 3 + 1}"] = value
    return {k: v for k, v in out.items() if v}


# --- the pages -----------------------------------------------------------------------------------

HEADS = {"ru": ("Источники и литература", "Методические пояснения"), "en": ("Sources and literature", "Notes on data")}
RUNNING = re.compile(r"^.*(?: / |/)\d+\s*$|^(?:Миграция в Казахстане|Migration in Kazakhstan)\s*·.*$", re.M)
MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*|January|February|March|April|May|June|July|August|September|October|November|December"
# What is a number but no value, in either language.
APART = [
    (re.compile(r"\[\d+(?:\s*[,–]\s*\d+)*\](?:,\s*\[\d+\])*"), "citation"),
    (re.compile(r"(?:Рисунок|Таблица|рис\.|табл\.|Fig\.|Table)\s\d+"), "exhibit"),
    (re.compile(r"числами:\s\d+\sиз\s\d+|are\sshown:\s\d+\sof\sthe\s\d+"), "rows shown"),
    (re.compile(r"\bQ[1-4]\b"), "quarter"),
    # A day whose year stands on the next line, beside a table; the sentence is read in the raw text.
    (re.compile(r"(?<=на)\s+1\s+января(?=\s*\n|\s{2,}\S)"), "day"),
    (re.compile(r"\b(?:На|на|Per|per)\s1[ ,]000\b"), "rate"),
    (re.compile(r"(?<![\d+−,.])(?:19|20)\d\d[1-9]?(?![\d,.]\d|\d)(?!\s?(?:чел|тыс|thousand|people))"), "year"),
]


def pages(pdf, mode, *where):
    text = subprocess.run(["pdftotext", mode, *where, str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    # pdftotext prints every kind of space as a plain one; in the laid-out text two of them part columns.
    return text.replace("\u202f", " ").replace(NBSP, " ").replace("\u00ad", "").replace("\u2060", "")


def body(text, lang):
    """Without running lines, bibliography and the numbers at the notes."""
    sources, notes = HEADS[lang]
    text = RUNNING.sub("", text.replace("\f", "\n"))
    text, found, _ = text.rpartition(sources)
    if not found:
        sys.exit(f"no heading “{sources}” on the pages")
    head, _, tail = text.rpartition(notes)
    return head + notes + re.sub(r"^\s*\d{1,2}(?=\s)", "", tail, flags=re.M)


SCALE = {"тыс.": 1e3, "млн": 1e6, "млрд": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9,
         "k": 1e3, "m": 1e6, "bn": 1e9}
NUMBER = {
    "ru": r"(?P<sign>[+−]?)(?P<digits>\d{1,3}(?: \d{3}(?!\d))+|\d+)(?P<fraction>,\d+)?",
    "en": r"(?P<sign>[+−]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?",
}
TAIL = rf"(?: ?(?P<scale>тыс\.|млн|млрд|thousand|million|billion|(?:k|m|bn)(?![a-z])))? ?(?P<percent>%)?(?: *(?P<marks>[{MARKS}]+))?"
TOKEN = {lang: re.compile(number + TAIL) for lang, number in NUMBER.items()}


class Token:
    def __init__(self, match):
        self.text = re.sub(r"\s+", " ", match.group()).strip()
        scale = SCALE.get(match["scale"], 1)
        digits = re.sub(r"\D", "", match["digits"])
        fraction = (match["fraction"] or "")[1:]
        self.sign = match["sign"]
        self.value = float(f"{digits}.{fraction or 0}") * scale * (-1 if self.sign == "−" else 1)
        self.unit = scale * 10.0 ** -len(fraction)
        # Zeros at the end of a whole number may be digits or only places: `130 thousand`, `2,300`.
        zeros = 0 if fraction else len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0
        self.coarsest = self.unit * 10**zeros
        self.rounded = any(m in ROUNDED for m in match["marks"] or "")
        self.percent = bool(match["percent"])

    @property
    def key(self):
        return (self.sign, round(self.value, 4), self.percent)

    def says(self, v, signed=False):
        """Whether it is `v`, rounded to its own unit; a balance shows its sign."""
        target = abs(v.v) if not self.sign else v.v
        if signed and not self.sign and abs(v.v) >= self.unit / 2:
            return False
        # A value is printed to the decimal step that its error allows, not coarser than ten errors.
        unit = max(self.unit, min(self.coarsest, 10 * v.e))
        return abs(abs(self.value) - abs(target)) <= unit / 2 + 1e-6 and self.value * target >= 0

    def overstates(self, v):
        # Rounding errors of a sum add up at worst, and it is still printed to the coarsest of its parts.
        return not self.rounded and v.e > 2.5 * self.coarsest


QUALIFIERS = r"(?:около|почти|более|менее|не менее|не более|about|almost|more than|less than|at least|at most) |[≈<>≤≥]"

# Sentences whose value is known by name; {a}, {b} … are tokens, in this order.
N = "N"
SENTENCES = {
    "ru": [
        ("s1-1", "Сальдо внешней миграции за N<period> — N чел. (прибытий N, выбытий N)", ["+X3", "X1", "X2"]),
        ("s1-4", "Три лидера собрали N", ["I7"]),
        ("s1-5", "Миграционный баланс сёл — N чел.; год назад — N чел", ["+R1", "+R1.base"]),
        ("s4-1", "Число прибывших из-за рубежа за N<period> — N чел., на N (больше|меньше)", ["X1", "X1.difference"]),
        ("s4-1d", "Число выбывших за рубеж — N чел., на N (больше|меньше)", ["X2", "X2.difference"]),
        ("s4-2", "На страны Содружества Независимых Государств (СНГ) пришлось N прибывших и N выбывших", ["X4a", "X4d"]),
        ("s4-5", "Результативность обмена — N", ["+X6"]),
        ("s4-6", "полученное вычитанием, — N чел. (прибытий N, выбытий N)", ["+X3.quarter", "X1.quarter", "X2.quarter"]),
        ("s4-7", "сумма приростов, — N", ["I6"]),
        ("s5-4", "(Баланс сёл по всем потокам|сальдо сельского населения) — N чел", ["+R1"]),
        ("s5-4a", "В использованных данных баланса сёл за N<period> нет; за N<period> он составил N чел", ["+R1_annual"]),
        ("s5-6", "Доля городского населения на N<date> — N", ["R4"]),
        ("s5-3", "данные: N<words>, N чел.; обратный — N чел", ["OD", "OD.reverse"]),
        ("s6-3", "Число иностранцев, работавших на N<date> по разрешениям местных исполнительных органов[note], — N", ["L1"]),
        ("s6-4", "по оценке Министерства труда и социальной защиты населения, — N чел., "
                 "по оценке Министерства иностранных дел — N чел", ["L4_mlspp", "L4_mfa"]),
        ("s6-5", "Через системы денежных переводов за N<period> отправлено N тенге, получено N тенге", ["M1", "M2"]),
        ("s6-6b", "Иностранных студентов в вузах страны на начало N<academic> учебного года — N (источник: Бюро национальной статистики)", ["E1_bns"]),
        ("s6-6", "по данным Министерства науки и высшего образования, в N<academic> учебном году — N чел", ["E1_mshe"]),
        ("s7-1k", "Расселение кандасов N<period>: план года — N чел., факт — N чел., выполнение — N", ["K2_plan", "K2", "K2_use"]),
        ("s7-1s", "Расселение переселенцев N<period>: план года — N чел., факт[computed] — N чел., выполнение — N", ["K3_plan", "K3", "K3_use"]),
        ("s7-3", "Менее N годового плана расселения за N<period> выполнено в N из N регионов расселения",
         ["K23_behind.threshold", "K23_behind", "K23_regions"]),
        ("s7-4", "Статус кандаса за N<period> получили N чел", ["K1"]),
        ("s8-1", "Из изменения численности населения страны на N чел. за N<period> миграция дала N, естественный прирост — N",
         ["+P_growth", "+P_migration", "+P_natural"]),
        ("s8-1a", "Численность населения страны изменилась за N<period>: N чел.; естественный прирост — N чел", ["+P_growth", "+P_natural"]),
        ("s8-3", "Естественный прирост сёл покрыл N миграционной потери", ["R3"]),
        ("s9-1", "■ Сальдо внешней миграции за N<period> — N чел. ■ Межрегиональный", ["+X3"]),
        ("s9-2", "прирост сосредоточен: за N<period> три лидера собрали N", ["I7"]),
        ("s9-3", "■ Баланс сёл за N<period> — N чел. ", ["+R1"]),
        ("s9-3a", "■ Баланс сёл за N<period> — N чел.; за", ["+R1_annual"]),
        ("s9-4", "План расселения на N<period> выполнен за N<period> на N", ["K23_use"]),
    ],
    "en": [
        ("s1-1", "Net international migration in N<period> was N: N people arrived and N left", ["+X3", "X1", "X2"]),
        ("s1-4", "The top three gainers took N of", ["I7"]),
        ("s1-5", "The rural migration balance was N people, against N a year", ["+R1", "+R1.base"]),
        ("s4-1", "Arrivals from abroad in N<period> numbered N, or N (more|fewer) than", ["X1", "X1.difference"]),
        ("s4-1d", "Departures abroad numbered N, or N (more|fewer) than", ["X2", "X2.difference"]),
        ("s4-2", "Countries of the Commonwealth of Independent States (CIS) accounted for N of arrivals and N of departures", ["X4a", "X4d"]),
        ("s4-5", "across the border, was N", ["+X6"]),
        ("s4-6", "obtained by subtraction, was N (N arrivals, N departures)", ["+X3.quarter", "X1.quarter", "X2.quarter"]),
        ("s4-7", "sum of all gains, is N", ["I6"]),
        ("s5-4", "(The rural balance over all flows was|reports a rural balance of) N", ["+R1"]),
        ("s5-4a", "The data used have no rural balance N<period>; N<period> it was N", ["+R1_annual"]),
        ("s5-6", "The urban share of the population on N<date> was N", ["R4"]),
        ("s5-3", "flow with data was from N<words>: N people; N moved the other way", ["OD", "OD.reverse"]),
        ("s6-3", "On N<date>, N foreigners worked on permits", ["L1"]),
        ("s6-6b", "At the start of the N<academic> academic year, N foreign students were enrolled in the country’s universities (source: Bureau of National Statistics)", ["E1_bns"]),
        ("s6-6", "the Ministry of Science and Higher Education counts N in the N<academic> academic year", ["E1_mshe"]),
        ("s6-4", "The Ministry of Labour and Social Protection of Population puts the number of citizens working abroad at N, "
                 "the Ministry of Foreign Affairs at N;", ["L4_mlspp", "L4_mfa"]),
        ("s6-5", "Money-transfer systems N<period> carried KZT N out and KZT N in", ["M1", "M2"]),
        ("s7-1k", "Resettlement of kandas N<period>: plan of the year N, actual N, N achieved", ["K2_plan", "K2", "K2_use"]),
        ("s7-1s", "Resettlement of settlers N<period>: plan of the year N, actual N[computed], N achieved", ["K3_plan", "K3", "K3_use"]),
        ("s7-3", "Less than N of the annual resettlement plan was achieved N<period> in N of N receiving regions",
         ["K23_behind.threshold", "K23_behind", "K23_regions"]),
        ("s7-4", "Kandas status was granted N<period> to N people", ["K1"]),
        ("s8-1", "Of the N change in the country’s population N<period>, migration contributed N and natural increase N",
         ["+P_growth", "+P_migration", "+P_natural"]),
        ("s8-1a", "The country’s population changed by N N<period>, with natural increase of N;", ["+P_growth", "+P_natural"]),
        ("s8-3", "Rural natural increase offset N of the rural migration loss", ["R3"]),
        ("s9-1", "■ Net international migration N<period> was N. ■ Interregional", ["+X3"]),
        ("s9-2", "gains are concentrated: N<period> the top three took N", ["I7"]),
        ("s9-3", "■ The rural balance N<period> was N. ", ["+R1"]),
        ("s9-3a", "■ The rural balance N<period> was N; the data used have none for", ["+R1_annual"]),
        ("s9-4", "The N<period> resettlement quota was N filled", ["K23_use"]),
    ],
}
# Sentences that name the day of their value.
DATED = {"s5-6": "R4", "s6-3": "L1", "s6-6b": "E1_bns", "s6-6": "E1_mshe"}
# A day that stands for an academic year: the year is named.
ACADEMIC = {"E1_bns", "E1_mshe"}
# A sentence that stands only where another value is missing.
INSTEAD = {"s8-1a": "P_migration", "s5-4a": "R1", "s9-3a": "R1"}
# Rows of Table 1: label, then the value, its base, the difference, the change, the quarter.
T1 = {
    "ru": [("X1", "Прибыло из-за рубежа"), ("X2", "Выбыло за рубеж"), ("X3", "Сальдо внешней миграции"),
           ("X4a", "Доля стран СНГ среди прибывших, %"), ("X4d", "Доля стран СНГ среди выбывших, %"),
           ("X6", "Результативность обмена, %"), ("R1", "Баланс сёл, все потоки")],
    "en": [("X1", "Arrivals from abroad"), ("X2", "Departures abroad"), ("X3", "Net international migration"),
           ("X4a", "CIS share of arrivals, %"), ("X4d", "CIS share of departures, %"),
           ("X6", "Exchange effectiveness, %"), ("R1", "Rural balance, all flows")],
}
SIGNED = {"X3", "X6", "R1"}
# What a row is called where its value was read in the press, which does not name the flows.
REPORTED = {"Баланс сёл, все потоки": "Баланс сёл (виды потоков не указаны)",
            "Rural balance, all flows": "Rural balance (flows not stated)"}


# --- days, acts and claims -------------------------------------------------------------------------

NAMES = {
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split(),
    "of": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def in_words(day, lang):
    """A day, month or year of the data as a sentence writes it."""
    year, month, day = ([int(n) for n in day.split("-")] + [0, 0])[:3]
    if lang == "en":
        return " ".join(filter(None, [day and str(day), month and NAMES["en"][month - 1], str(year)]))
    name = (NAMES["of"] if day else NAMES["ru"])[month - 1] if month else ""
    return " ".join(filter(None, [day and str(day), name, f"{year} г."]))


def in_table(day, lang):
    """The same as a column of a table writes it."""
    year, month, day = ([int(n) for n in day.split("-")] + [0, 0])[:3]
    if lang == "en":
        return " ".join(filter(None, [day and str(day), month and NAMES["en"][month - 1][:3], str(year)]))
    if day:
        return f"{day:02d}.{month:02d}.{year}"
    return f"{month:02d}.{year}" if month else str(year)


DAY = {
    "ru": re.compile(rf"\b\d{{1,2}}\s(?:{'|'.join(NAMES['of'])})\s(?:19|20)\d\d\sг\.|\b\d\d\.\d\d\.(?:19|20)\d\d\b"),
    "en": re.compile(rf"\b\d{{1,2}}\s(?:{'|'.join(NAMES['en'])})\s(?:19|20)\d\d\b|\b\d{{1,2}}\s[A-Z][a-z]{{2}}\s(?:19|20)\d\d\b"),
}
FIXED_DAYS = ["2022-06-08"]  # since which the country has 20 regions: a note on data


def day_problems(text, lang, values, released):
    """Takes the whole days out of the text; those that the data do not give for the period are wrong.
    A caption may be in either language."""
    days = FIXED_DAYS + [released] + [v.day for v in values.values() if hasattr(v, "day")]
    problems = []
    # A day may stand for an academic year: “2025/26”.
    academic = {int(values[id].day[:4]) for id in ACADEMIC if values.get(id)}
    for year in academic:
        text = re.sub(rf"\b{year}\s?/\s?{(year + 1) % 100:02d}\b", " ", text)
    for which in ["ru", "en"]:
        known = {in_words(d, which) for d in days} | {in_table(d, which) for d in days}
        for found in DAY[which].findall(text):
            if re.sub(r"\s+", " ", found) not in known:
                problems.append(f"({lang}) {found!r} is no day of the period's data: {sorted(known)}")
        text = DAY[which].sub(" ", text)
    return text, problems


def one_line(text):
    return re.sub(r"\s+", " ", text)


def cut(text, start, end):
    """The text without the part from a heading up to another, and that part."""
    match = re.search(rf"(?ms)^\s*{start}.*?(?=^\s*{end})", text)
    return (text[: match.start()] + "\n" + text[match.end():], match.group()) if match else (text, "")


POLICY = {"ru": "Государственная миграционная политика", "en": "State migration policy"}


def without_bullets(text, lang):
    """Laid-out text without the list in the section on policy, which was read act by act."""
    match = re.search(rf"(?ms)^\s*{POLICY[lang]}.*?(?=^\s*{PARTS_LAID[lang]})", text)
    at = match and re.search(r"(?m)^\s*■", match.group())
    return text[: match.start() + at.start()] + "\n" + text[match.end():] if at else text


# Headings, in order: introduction, research, the section after it; the table of measures, the first of its notes.
PARTS = {
    "ru": [("Введение: ", "Что говорят исследования"), ("Что говорят исследования", "Общая характеристика"),
           ("Мера\\s", r"План — чел\.")],
    "en": [("Introduction: ", "What research says"), ("What research says", "General characteristics"),
           ("Measure\\s", "Plan: persons")],
}
PARTS_LAID = {  # laid out, the heading of the table's first column may stand below others
    "ru": r"(?:Принято {2,}|Дата {2,}|В силе {2,}|Мера {2,})", "en": r"(?:Adopted {2,}|In force {2,}|Measure {2,})",
}
FIRST = {  # the one sentence before the acts: its period holds years only
    "ru": r"Введение: контекст периода Обзор охватывает .{60,320}? сюда не входят ?\d{1,2} ?\.",
    "en": r"Introduction: the period in context This brief covers .{60,320}? outside its scope ?\d{1,2} ?\.",
}
KINDS = ["law", "concept", "quota", "pilot", "order", "programme", "card", "visa"]
STATUSES = {
    "ru": {"в силе": "in force", "срок истёк": "ended", "больше не в силе": "ended", "ещё не в силе": "not yet in force",
           "акт принят": "adopted", "отмена не проверена": "unverified"},
    "en": {"in force": "in force", "expired": "ended", "no longer in force": "ended", "not yet in force": "not yet in force",
           "adopted": "adopted", "repeal not verified": "unverified"},
}


REPLACED = {"ru": "{nom}: действует с {day}; ранее — {old}", "en": "{nom}: in force from {day}; before that, {old}"}
LATER = {"ru": "; вводится в действие с {day}", "en": "; it comes into force {day}"}

def effective(act):
    return act["valid_from"] or act["adopted"]


def is_later(act, released):
    """Whether it was adopted, and comes into force only after the release."""
    return bool(act["valid_from"]) and not by_then(act["valid_from"], released)


def since_words(day, lang):
    """What stands behind “from”."""
    if lang == "ru" and len(day) == 7:
        return f"{NAMES['of'][int(day[5:]) - 1]} {day[:4]} г."
    return in_words(day, lang)


def later_words(act, lang):
    day = act["valid_from"]
    preposition = {"ru": "", "en": "on " if len(day) == 10 else "in "}[lang]
    return LATER[lang].format(day=preposition + since_words(day, lang))


def by_then(day, limit):
    """Whether a day, month or year had begun by a day."""
    return bool(day) and day <= limit[: len(day)]


def expected_acts(data, period, released):
    """The four newest acts known by the release that were adopted or came into force since the last quarter began."""
    since = last_quarter(*PERIODS[period])
    acts = [a for a in data.policy if a["confidence"] != "C" and by_then(a["adopted"] or a["valid_from"], released)
            and effective(a) and effective(a) >= since[: len(effective(a))] and len(effective(a)) > 4]
    # A plan that an act of the same source sets is told with the act.
    setting = {a["reference"] for a in acts if a["reference"] and not a["plan"]}
    acts = [a for a in acts if not (a["plan"] and a["reference"] in setting)]
    return sorted(acts, key=effective, reverse=True)[:4]


def is_over(data, act, released):
    """Whether it had ended or been replaced by the release."""
    replaced = any(a["replaces"] == act["id"] and by_then(a["valid_from"], released) for a in data.policy)
    return replaced or bool(act["valid_to"]) and act["valid_to"] < released


def began(period):
    """The first day of the quarter that the period ends with, or of the year."""
    year, month = PERIODS[period]
    return f"{year}-01-01" if month == 12 else last_quarter(year, month)


def replacing_acts(data, period, released):
    """The four newest acts in force that took the place of others since the last quarter began."""
    since = began(period)
    is_event = lambda day: bool(day) and by_then(day, released) and day >= since[: len(day)]
    gone = {a["replaces"] for a in data.policy if a["replaces"] and by_then(a["valid_from"], released)}
    acts = [a for a in data.policy if a["confidence"] != "C" and a["replaces"] and by_then(a["valid_from"], released)
            and by_then(a["adopted"] or a["valid_from"], released) and a["id"] not in gone
            and not (a["valid_to"] and a["valid_to"] < released) and (is_event(a["valid_from"]) or is_event(a["adopted"]))]
    return sorted(acts, key=effective, reverse=True)[:4]


squeeze = lambda t: re.sub(r"[\s\u00a0\u202f]+|(?<=\w)-", "", t)


def replacement_problems(data, text, lang, period, released):
    """The sentences on acts that replaced others; `text` is the section on policy up to its table."""
    bullets = [re.sub(r" (?:Таблица|Table) \d+\. .*$", "", b).strip() for b in one_line(text).split("■")[1:]]
    expected = replacing_acts(data, period, released)
    if len(bullets) != len(expected):
        yield f"s7-2 ({lang}): {len(bullets)} acts, expected {[a['id'] for a in expected]}"
    for act, bullet in zip(expected, bullets):
        words = data.words["policy", lang][act["id"]]
        says = REPLACED[lang].format(nom=words["nom"], day=since_words(act["valid_from"], lang), old=words["old"])
        said = re.sub(r" \[\d+\]\.$", "", bullet)
        if squeeze(said) != squeeze(says):
            yield f"s7-2 ({lang}): prints {said!r}, the register says {says!r}"


def unproven(text, act, lang, other):
    """Numbers of an act's words that are not its days, its number or its years, nor in the `other` language's words."""
    days = [d for d in [act["adopted"], act["valid_from"], act["valid_to"]] if d]
    for day in (d for d in days if len(d) == 10):
        text = text.replace(in_words(day, lang).removesuffix(" г."), " ").replace(in_table(day, lang), " ")
    if act["number"]:
        text = text.replace(act["number"], " ", 1)
    numbers = lambda t: [re.sub(r"\D", "", n) for n in re.findall(r"\d+(?:[ ,.]\d+)*", t)]
    return [n for n in numbers(text) if n not in {d[:4] for d in days} and n not in numbers(other)]


def act_problems(data, text, lang, period, released):
    flat = one_line(text)
    first = re.match(FIRST[lang], flat)
    if not first:
        yield f"s2-1 ({lang}): the introduction does not begin with the sentence on its scope"
    rest = flat[first.end():] if first else flat
    bullets = [b.strip() for b in rest.split("■")[1:]]
    expected = expected_acts(data, period, released)
    if len(bullets) != len(expected):
        yield f"s2-2 ({lang}): {len(bullets)} acts, expected {[a['id'] for a in expected]}"
    for act, bullet in zip(expected, bullets):
        words = {l: data.words["policy", l][act["id"]] for l in ["ru", "en"]}
        lead, dash = ("Действует с ", " — ") if lang == "ru" else ("In force from ", " – ")
        later = is_later(act, released)
        # Only a day since which an act holds stands before its name, which says when it was adopted.
        holds = act["valid_from"] and not later and not is_over(data, act, released)
        says = f"{lead}{since_words(act['valid_from'], lang)}: " if holds else ""
        says += f"{words[lang]['nom']}{dash}{words[lang]['effect']}"
        says += later_words(act, lang) if later else ""
        said = re.sub(r" \[\d+\]\.$", "", bullet)
        if squeeze(said) != squeeze(says):
            yield f"s2-2 ({lang}): prints {said!r}, the register says {says!r}"
        for part in ["nom", "effect"]:
            # What an act provides is in its text only: there the two languages have to agree.
            other = words["en" if lang == "ru" else "ru"][part] if part == "effect" else ""
            if loose := unproven(words[lang][part], act, lang, other):
                yield f"s2-2 ({lang}), {act['id']}: {loose} in {words[lang][part]!r} is no day, number or year of the act"


def claim_problems(data, text, lang):
    bullets = [b.strip() for b in one_line(text).split("■")[1:]]
    if not bullets:
        yield f"s3-1 ({lang}): no claim"
    for bullet in bullets:
        match = re.match(r"(.{3,60}?) \(((?:19|20)\d\d)\) (.*) \[\d+\]\.$", bullet)
        codes = [c for c, w in data.words["claims", lang].items() if match and w["author"] == match[1] and c.endswith(match[2])]
        if not codes:
            yield f"s3-1 ({lang}): no author and year of a claim in {bullet!r}"
        elif re.search(r"\d", match[3]):
            yield f"s3-1 ({lang}): a number in {bullet!r}"


def cells_of(act, lang, year, values):
    """The plan of an act, and against it the fact of its own year only."""
    plan, indicator = act["plan"], act["indicator"]
    if not plan:
        return []
    cells = [V(plan)]
    # A plan in per cent of the labour force has no fact in the same unit.
    if effective(act)[:4] == str(year) and indicator in values and act["unit"] == "persons":
        cells += [values[indicator], share(values[indicator], V(plan))]
    return cells


def broken(label):
    """A label whose words may be broken at the end of a line."""
    return r"\s?".join(re.escape(c) for c in label)


def measure_problems(data, text, lang, period, released, values):
    flat, year = one_line(text), PERIODS[period][0]
    expected = [a for a in data.policy if a["kind"] in KINDS and a["confidence"] != "C"
                and by_then(a["adopted"] or a["valid_from"], released) and effective(a)
                and (not a["valid_to"] or a["valid_to"] >= f"{year}-01-01")]
    status = "|".join(STATUSES[lang])
    for act in expected:
        label = data.words["policy", lang][act["id"]]["short"]
        day = " ".join(in_table(d, lang) for d in [act["adopted"], act["valid_from"]] if d)
        row = re.search(rf"(?:^|(?<=[\s\]])){broken(label)} {re.escape(day)} ({status}|[^\d\[…]+?)((?: [\d…][\d ,.{MARKS}]*%?)*) \[\d+\]", flat)
        name = f"Table of measures ({lang}), {act['id']}"
        if not row:
            yield f"{name}: no row “{label} · {day}”"
            continue
        flat = flat[: row.start()] + " | " + flat[row.end():]
        over = bool(act["valid_to"]) and act["valid_to"] < released
        holds = "in force" if by_then(act["valid_from"], released) else "not yet in force" if act["valid_from"] else "adopted"
        standing = {"in-force": "in force", "unverified": "unverified"}.get(act["standing"])
        wanted = "ended" if over else standing if standing and holds != "not yet in force" else holds
        if {"".join(k.split()): v for k, v in STATUSES[lang].items()}.get("".join(row[1].split()), "not yet in force") != wanted:
            yield f"{name}: {row[1]!r} as of {released}, and it is {wanted}: from {effective(act)} to {act['valid_to'] or 'further on'}"
        cells = [Token(m) for m in TOKEN[lang].finditer(row[2])]
        values_wanted = cells_of(act, lang, year, values)
        # The numbers of one row stand side by side: parted by the thousands, `2 309 1 725` would be one.
        if len(cells) != len(values_wanted) and values_wanted:
            joined = row[2].split()
            for at in itertools.combinations(range(1, len(joined)), len(values_wanted) - 1):
                ends = [0, *at, len(joined)]
                groups = [" ".join(joined[a:b]) for a, b in zip(ends, ends[1:])]
                parsed = [TOKEN[lang].fullmatch(g) for g in groups]
                if all(parsed) and all(Token(p).says(v) for p, v in zip(parsed, values_wanted)):
                    cells = [Token(p) for p in parsed]
        if len(cells) != len(values_wanted):
            yield f"{name}: prints{row[2]}, expected {[round(v.v, 2) for v in values_wanted]}"
        for cell, value in zip(cells, values_wanted):
            if not cell.says(value):
                yield f"{name}: prints {cell.text}, is {value.v:g}"
    if left := re.findall(r"[^|]*\d[^|]*", flat):
        yield f"Table of measures ({lang}): rows or numbers that the register does not give: {left}"


def sentence_problems(text, lang, values, names=None):
    flat = re.sub(r"[ \n]+", " ", text)
    number = re.sub(r"\(\?P<\w+>", "(?:", NUMBER[lang] + TAIL)
    known = 0
    for name, pattern, ids in SENTENCES[lang]:
        if names and name not in names:
            continue
        expression = re.escape(pattern).replace(r"\ ", " ")
        expression = expression.replace("N<period>", r"[^.:]{4,40}?(?:г\.)?").replace("N<date>", r"[^:]{6,30}?").replace("N<academic>", r"\d{4}/\d\d")
        expression = expression.replace("N<words>", r"[^:\d]{6,90}?")
        expression = expression.replace(re.escape("(больше|меньше)"), "(?:больше|меньше)").replace(re.escape("(more|fewer)"), "(?:more|fewer)")
        for choice in ["(Баланс сёл по всем потокам|сальдо сельского населения)", "(The rural balance over all flows was|reports a rural balance of)"]:
            expression = expression.replace(re.escape(choice).replace(r"\ ", " "), "(?:" + choice[1:])
        expression = expression.replace(re.escape("[computed]"), r"(?: \((?:расчётно|computed)[^)]*\))?")
        expression = expression.replace(re.escape("[note]"), r"\s?\d{0,2}\s?")
        # What a source says of a number stands before it.
        expression = re.sub(r"\bN\b", lambda _: f"(?:{QUALIFIERS})?({number})", expression)
        match = re.search(expression, flat)
        expected = [id.lstrip("+") for id in ids]
        if not match:
            if all(id in values for id in expected) and INSTEAD.get(name) not in values:
                yield f"{name} ({lang}): the sentence is not on the pages, and its values are known"
            continue
        known += 1
        if INSTEAD.get(name) in values:
            yield f"{name} ({lang}): stands although {INSTEAD[name]} is known"
        dated = values.get(DATED.get(name))
        year = dated and int(dated.day[:4])
        when = dated and (f"{year}/{(year + 1) % 100:02d}" if DATED[name] in ACADEMIC else in_words(dated.day, lang))
        if dated and when not in match.group():
            yield f"{name} ({lang}): {match.group()!r} does not name {when}"
        for id, group in zip(ids, match.groups()):
            token = Token(TOKEN[lang].match(group))
            value = values.get(id.lstrip("+"))
            if value is None:
                yield f"{name} ({lang}): prints {token.text}, and {id.lstrip('+')} is not known"
            elif not token.says(value, signed=id.startswith("+")):
                yield f"{name} ({lang}): prints {token.text}, {id.lstrip('+')} is {value.v:.2f} ± {value.e:.2f}"
        for id, word in [("X1.difference", match.group()), ("X2.difference", match.group())]:
            if id in expected and id in values and values[id].v:
                up = values[id].v > 0
                if any(w in word for w in (("меньше", "fewer") if up else ("больше", "more"))):
                    yield f"{name} ({lang}): the direction contradicts {values[id].v:.0f}"
    if known < 5:
        yield f"({lang}): only {known} sentences were recognised; the wording has changed, mend SENTENCES"


# Titles of figures and a note, each where it stands: what they say, by name. No figure need be there.
TITLES = {
    "ru": [
        ("F1", r"другими регионами — в N из N регионов; наибольшее — [^:]+: N чел", ["I5", "regions", "I4.top"]),
        ("F1_all", r"По всем потокам за [^:]+? сальдо положительно в N из N регионов; наибольшая потеря — [^:]+: N чел",
         ["A_all_gainers", "A_all_regions", "+A_all_least"]),
        ("F2", r"(?:убывает|прирастает) за счёт миграции: N чел", ["+R1_annual"]),
        ("FX", r"(?:положительно|отрицательно) N (?:год|года|лет) подряд после N (?:года|лет) (?:оттока|притока): N чел",
         ["X3_run", "X3_run_before", "+X3_annual"]),
        ("T1", r"За \d{4}–\d{4} гг\. сальдо внешней миграции менялось от N до N чел", ["+X3.range.low", "+X3.range.high"]),
    ],
    "en": [
        ("F1", r"N of N regions gained people from the others, most of all [^:]+: N", ["I5", "regions", "I4.top"]),
        ("F1_all", r"Over all flows, N of N regions gained people in [^;]+; [^:]+ lost most: N",
         ["A_all_gainers", "A_all_regions", "+A_all_least"]),
        ("F2", r"(?:shrinks through|gains from) migration: N", ["+R1_annual"]),
        ("FX", r"has been (?:positive|negative) for N years? in a row after N years? of (?:losses|gains): N",
         ["X3_run", "X3_run_before", "+X3_annual"]),
        ("T1", r"Over \d{4}–\d{4} net international migration ranged from N to N", ["+X3.range.low", "+X3.range.high"]),
    ],
}


def title_problems(text, lang, values):
    flat = re.sub(r"[ \n]+", " ", text)
    number = re.sub(r"\(\?P<\w+>", "(?:", NUMBER[lang] + TAIL)
    for name, pattern, ids in TITLES[lang]:
        expression = re.sub(r"\bN\b", lambda _: f"(?:{QUALIFIERS})?({number})", pattern)
        for match in re.finditer(expression, flat):
            for id, group in zip(ids, match.groups()):
                token, value = Token(TOKEN[lang].match(group)), values.get(id.lstrip("+"))
                if value is None:
                    yield f"{name} ({lang}): prints {token.text}, and {id.lstrip('+')} is not known"
                elif not token.says(value, signed=id.startswith("+")):
                    yield f"{name} ({lang}): prints {token.text}, {id.lstrip('+')} is {value.v:.2f} ± {value.e:.2f}"


def row_of(lines, label):
    """What stands behind a label, which may break over two lines."""
    if label in REPORTED and (found := row_of(lines, REPORTED[label])):
        return found
    words = label.split(" ")
    for count in range(len(words), 0, -1):
        head, rest = (" ".join(part) for part in (words[:count], words[count:]))
        for line, below in zip(lines, lines[1:] + [""]):
            if re.match(re.escape(head) + r"\s{2,}\S", line.strip()) and below.strip().startswith(rest):
                return line.strip()[len(head):]
    return None


def table_problems(text, lang, values):
    for id, label in T1[lang]:
        if id not in values:
            continue
        line = row_of(text.splitlines(), label)
        if line is None:
            yield f"Table 1 ({lang}): no row “{label}”"
            continue
        cells = [Token(m) for m in TOKEN[lang].finditer(line)]
        wanted = [(n, values[n]) for n in [id, id + ".base", id + ".first-base", id + ".difference", id + ".change", id + ".quarter"]
                  if n in values and not (id == "R1" and n.endswith(".quarter"))]
        if len(cells) != len(wanted):
            yield f"Table 1 ({lang}), {label}: {[c.text for c in cells]}, expected {[(n, round(v.v, 1)) for n, v in wanted]}"
            continue
        for (name, value), cell in zip(wanted, cells):
            signed = id in SIGNED or name.endswith((".difference", ".change"))
            if not cell.says(value, signed):
                yield f"Table 1 ({lang}), {name}: prints {cell.text}, is {value.v:.2f} ± {value.e:.2f}"


def scaled_cards(text, lang):
    """Where the scale of a card's number stands under it, puts it behind the number."""
    lines = text.split("\n")
    unit = re.compile(r"(?:(тыс\.|млн|thousand|million) )?(?:чел\.|persons)")
    for above, line in zip(range(len(lines)), lines[1:]):
        scales = unit.findall(line) if unit.match(line.strip()) else []
        if not any(scales):
            continue
        order = iter(scales)
        behind = lambda m: m.group() + " " + next(order, "")
        lines[above] = re.sub(NUMBER[lang], behind, lines[above])
    return "\n".join(lines)


def tokens_of(text, lang, values, notes):
    """The numeric tokens: known ones with what they are, and those nobody can explain."""
    text = scaled_cards(text, lang)
    for pattern, _ in APART:
        text = pattern.sub(lambda m: " " if not m.group().endswith("\n") else "\n", text)
    known, unexplained = [], []
    for match in TOKEN[lang].finditer(text):
        token = Token(match)
        ids = [id for id, v in values.items() if token.says(v)]
        if ids:
            known.append((token, ids))
            continue
        # A note's number hangs at the end of the digits: `111,640` and `4`.
        stem = re.fullmatch(r"(.*\d|.*%|.*\))(\d)", match.group())
        if stem and int(stem[2]) in notes and (shorter := TOKEN[lang].fullmatch(stem[1])):
            ids = [id for id, v in values.items() if Token(shorter).says(v)]
            if ids:
                known.append((Token(shorter), ids))
                continue
        before, after = text[: match.start()], text[match.end():]
        if token.text.isdigit() and int(token.text) in notes and re.search(r"(?:,\d{3}|[^\s\d(])$", before):
            continue  # a note's number behind a word
        around = re.sub(r"\s+", " ", before[-40:] + "»" + match.group() + "«" + after[:30])
        unexplained.append((token, around))
    return known, unexplained


# --- the forms -------------------------------------------------------------------------------------

def token_problems(text, lang, values, notes, released):
    """The numeric tokens of laid-out text: what is wrong with them, and all of them."""
    text, problems = day_problems(text, lang, values, released)
    known, unexplained = tokens_of(text, lang, values, notes)
    problems += [f"({lang}) unexplained {t.text!r} in {around!r}" for t, around in unexplained]
    for token, ids in known:
        if all(token.overstates(values[id]) for id in ids):
            best = min(ids, key=lambda id: values[id].e)
            problems.append(f"({lang}) {token.text} is finer than its sources know {best}: ± {values[best].e:.2f}")
    return problems, collections.Counter(t.key for t, _ in known) + collections.Counter(t.key for t, _ in unexplained)


def edition_problems(sets):
    for a, b in [("ru", "en"), ("en", "ru")]:
        for sign, value, pc in sorted(set(sets[a]) - set(sets[b])):
            yield f"only the {a} edition prints {sign if sign != '−' else ''}{value:g}{'%' if pc else ''}"


def check_brief(data, period, folder, values):
    released = data.released(period)
    problems, sets = [], {}
    for lang in ["ru", "en"]:
        pdf = folder / f"brief-{lang}.pdf"
        raw, laid = (body(pages(pdf, mode), lang) for mode in ["-raw", "-layout"])
        problems += sentence_problems(raw, lang, values)
        problems += title_problems(raw, lang, values)
        problems += table_problems(laid, lang, values)
        acts, claims, measures = (cut(raw, *part)[1] for part in PARTS[lang])
        problems += act_problems(data, acts, lang, period, released)
        problems += claim_problems(data, claims, lang)
        problems += measure_problems(data, measures, lang, period, released, values)
        policy = cut(raw, POLICY[lang], PARTS[lang][2][0])[1]
        problems += replacement_problems(data, policy, lang, period, released)
        # What was read place by place is not looked for among the values.
        laid = without_bullets(laid, lang)
        starts = [PARTS[lang][0][0], PARTS[lang][1][0], PARTS_LAID[lang]]
        for start, (_, end) in zip(starts, PARTS[lang]):
            laid, part = cut(laid, start, end)
            if not part:
                problems.append(f"({lang}) no part from {start!r} to {end!r}")
        wrong, sets[lang] = token_problems(laid, lang, values, set(range(1, 13)), released)
        problems += wrong
    return problems + list(edition_problems(sets)), sets


# What stands in the express edition of the sentences, and the columns of its table.
EXPRESS = {"s1-1", "s1-4", "s4-2", "s4-5", "s4-6", "s5-4", "s5-4a", "s5-6"}
LABELS = {
    "ru": T1["ru"] + [("I1", "Переезды внутри страны"), ("I2", "в том числе между регионами"), ("I3", "внутри регионов"),
                      ("I5", "Регионов с приростом"), ("I6", "Объём перераспределения"), ("I7", "Доля трёх лидеров в приросте, %"),
                      ("R4", "Доля городского населения, %"), ("K1", "Получили статус кандаса"),
                      ("K2", "Расселено кандасов"), ("K3", "Расселено переселенцев")],
    "en": T1["en"] + [("I1", "Moves within the country"), ("I2", "of which between regions"), ("I3", "within regions"),
                      ("I5", "Regions that gain"), ("I6", "Redistribution volume"), ("I7", "Top three’s share of gains, %"),
                      ("R4", "Urban share of the population, %"), ("K1", "Granted kandas status"),
                      ("K2", "Kandas resettled"), ("K3", "Settlers resettled")],
}
SOURCES = {"ru": r"^\s*Источники\s*$", "en": r"^\s*Sources\s*$"}


def half(pdf, lang, mode):
    """One language's column of the express edition, without running heads and feet, up to the bibliography."""
    text = ""
    count = len(pages(pdf, "-raw").rstrip("\f").split("\f"))
    for page in range(1, count + 1):
        top = 30 if page == 1 else 52
        where = ["-f", str(page), "-l", str(page), "-x", "0" if lang == "ru" else "298", "-y", str(top), "-W", "298", "-H", str(790 - top)]
        text += pages(pdf, mode, *where).replace("\f", "\n")
    found = re.search(SOURCES[lang], text, re.M)
    if not found:
        sys.exit(f"no heading of the sources in {pdf}")
    return text[: found.start()]


def row_problems(part, lang, rows, values, where):
    """Rows of a laid-out table: label, then the ids of the values in the order of the columns, known ones only.
    A label may run over several lines; its numbers stand on the first."""
    lines = [re.match(r"(\S.*?)-?\s+([≈<>≤≥+−…\d].*)", l.strip()) for l in part.splitlines()]
    heads = sorted(((m[1], m[2]) for m in lines if m), key=lambda head: -len(head[0]))
    for label, ids in rows:
        wanted = [(id, values[id]) for id in ids if id in values]
        if not wanted:
            continue
        names = [label, REPORTED.get(label, label)]
        names += [name + computed for name in names for computed in (", расчётно", ", computed")]
        found = next((cells for head, cells in heads if any(name.startswith(head) or head == name for name in names)), None)
        if found is None:
            yield f"{where} ({lang}): no row “{label}”"
            continue
        cells = [Token(m) for m in TOKEN[lang].finditer(found)]
        # Plain numbers side by side: parted by the thousands, `2 309 1 725` would be one.
        parts = [Token(m) for piece in re.split(r" {2,}", found.strip()) for m in TOKEN[lang].finditer(piece)]
        cells = parts if len(parts) == len(wanted) else cells
        if len(cells) != len(wanted):
            yield f"{where} ({lang}), {label}: {[c.text for c in cells]}, expected {[(n, round(v.v, 2)) for n, v in wanted]}"
            continue
        for (id, value), cell in zip(wanted, cells):
            base = id.split(".")[0].split("[")[0]
            is_signed = base in SIGNED | {"I4", "I8", "A_all", "R1_years"} or id.endswith((".difference", ".change"))
            if not cell.says(value, is_signed):
                yield f"{where} ({lang}), {id}: prints {cell.text}, is {value.v:.2f} ± {value.e:.2f}"
            elif cell.overstates(value):
                yield f"{where} ({lang}), {id}: {cell.text} is finer than its sources know: ± {value.e:.2f}"


def check_express(data, period, folder, values):
    pdf = folder / "express-ru-en.pdf"
    problems, sets = [], {}
    for lang in ["ru", "en"]:
        raw, laid = half(pdf, lang, "-raw"), half(pdf, lang, "-layout")
        problems += sentence_problems(raw, lang, values, EXPRESS)
        rows = [(label, [id, id + ".base", id + ".change"]) for id, label in LABELS[lang] if id in {"X1", "X2", "X3", "I1", "R1"}]
        table = re.search(r"(?ms)^\s*(?:Показатель|Indicator),.*?(?=^\s*(?:Источники|Sources)\s*$|\Z)", laid)
        problems += row_problems(table.group() if table else "", lang, rows, values, "Table of the express edition")
        wrong, sets[lang] = token_problems(laid, lang, values, set(), data.released(period))
        problems += wrong
    return problems + list(edition_problems(sets)), sets


HEADS_OF_TABLES = {
    "ru": {"T1": "Показатель,", "T2": "Регион,", "T3": r"Страна {2,}", "F2": r"Год {2,}", "F6": r"Регион {2,}", "A1": r"Откуда \\"},
    "en": {"T1": "Indicator,", "T2": "Region,", "T3": r"Country {2,}", "F2": r"Year {2,}", "F6": r"Region {2,}", "A1": r"From \\"},
}


def check_annex(data, period, folder, values):
    values = recompute_annex(data, *PERIODS[period], values)
    # The same rules as for the brief: a percentage of coarse levels is not printed.
    blunt = lambda k, v: v.e > 1 and abs(v.v) < 100 and (k.split(".")[0] == "I7" or k.endswith(".change"))
    values = {k: v for k, v in values.items() if not blunt(k, v)}
    problems, sets = [], {}
    for lang in ["ru", "en"]:
        text = RUNNING.sub("", pages(folder / f"annex-{lang}.pdf", "-layout").replace("\f", "\n"))
        text = re.split(SOURCES[lang], text, flags=re.M)[0]
        regions, partners = data.words["regions", lang], data.words["partners", lang]
        measures = cut(pages(folder / f"annex-{lang}.pdf", "-raw").replace("\f", "\n"), *PARTS[lang][2])[1]
        problems += measure_problems(data, RUNNING.sub("", measures), lang, period, data.released(period), values)
        text, part = cut(text, PARTS_LAID[lang], PARTS[lang][2][1])
        if not part:
            problems.append(f"Annex ({lang}): no table of measures")
        columns = ["", ".base", ".first-base", ".difference", ".change", ".quarter"]
        year, month = PERIODS[period]
        quarters = [divmod(year * 12 + month - 1 - 3 * back, 12) for back in range(7, -1, -1)]
        flows = lambda code: [f"OD[{code}>{to}]" for to in data.regions]
        rows = {
            "T1": [(label, [id + c for c in columns if not (id in {"R1"} and c == ".quarter")]) for id, label in LABELS[lang]],
            "T2": [(regions[c]["nom"], [f"A_in[{c}]", f"A_out[{c}]", f"I4[{c}]", f"I4[{c}].base", f"I4[{c}].difference", f"I8[{c}]",
                                          f"X3[{c}]", f"A_all[{c}]"]) for c in data.regions],
            "F2": [(str(y), [f"R1_years[{y}]"]) for y in range(2000, year + 1) if (y, 12) <= (year, month)],
            "F6": [(regions[c]["nom"], [f"I4[{c}].{y}Q{m // 3 + 1}" for y, m in quarters]) for c in data.regions],
            "T3": [(partners[c]["nom"], [f"X1[{c}]", f"X2[{c}]", f"X3[{c}]", f"X1[{c}].change", f"X2[{c}].change"])
                   for c in data.countries],
            "A1": [(regions[c]["short"], flows(c)) for c in data.regions],
        }
        caption = {"ru": "Таблица", "en": "Table"}[lang]
        for table, head in HEADS_OF_TABLES[lang].items():
            part = re.search(rf"(?ms)^\s*{head}.*?(?=^\s*{caption}\s\d+\.|\Z)", text)
            problems += row_problems(part.group() if part else "", lang, rows[table], values, f"Annex, {table}")
        wrong, sets[lang] = token_problems(text, lang, values, set(), data.released(period))
        problems += wrong
    return problems + list(edition_problems(sets)), sets


FORMS = {"standard": check_brief, "express": check_express, "annex": check_annex}


def check(data, period, folder, forms):
    values = recompute(data, *PERIODS[period])
    is_fine = True
    for form in forms:
        problems, sets = FORMS[form](data, period, folder, values)
        print(f"{period}, {form}: {sum(sets['ru'].values())} and {sum(sets['en'].values())} tokens on the pages, {len(problems)} problems")
        for problem in problems:
            print("  " + problem)
        is_fine = is_fine and not problems
    print(f"{period}: {len(values)} values recomputed")
    return is_fine


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("periods", nargs="*", default=list(PERIODS), metavar="PERIOD")
    parser.add_argument("--project", type=pathlib.Path, default=pathlib.Path("."))
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("--profile", default="bns")
    parser.add_argument("--forms", default=",".join(FORMS), help="which forms were built, separated by commas")
    options = parser.parse_args()
    data = Data(options.project / "data")
    output = options.output or options.project / "output"
    forms = options.forms.split(",")
    if unknown := [form for form in forms if form not in FORMS]:
        parser.error(f"no form {unknown[0]!r}: {', '.join(FORMS)}")
    fine = [check(data, period, output / period / options.profile, forms) for period in options.periods]
    sys.exit(0 if all(fine) else 1)


if __name__ == "__main__":
    main()
