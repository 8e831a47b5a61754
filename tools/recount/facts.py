"""Every value the briefs of a period may print, by name, recomputed from the tables alone."""

import itertools, re

from recount.data import STATUS, day_after, last_quarter, span
from recount.values import V, change, corners, effectiveness, share, ticks, told


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
    # The ministry's count of the same moves; the brief of the year may use the count of nine months.
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
        # The levels take precedence; a published percentage that agrees with them is used if it is more precise.
        if levels and printed and abs(levels.v - printed.v) <= levels.e + printed.e + 1e-9 and levels.e > printed.e:
            levels = printed
        out[name + ".change"] = levels or printed
    # The last quarter of the period, if both values are of the same status or the later one is not revised.
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
    # Not printed: a percentage that may be off by more than one point, and a quarter too small for its rounding.
    percent = lambda k: k in ("I2_share",) or k.startswith("X6") or k.endswith(".change")
    blunt = lambda k, v: percent(k) and v.e > 1 and abs(v.v) < 100
    guessed = lambda k, v: k in ("X1.quarter", "X2.quarter", "I1.quarter", "I2.quarter") and abs(v.v) < 10 * v.u
    return {k: v for k, v in out.items() if v and not blunt(k, v) and not guessed(k, v)}


def trend(data, year, month, out):
    """The external balance over the years, how long it has had its sign, the ranges of earlier years, and the balance
    of all flows by region."""
    last = year if month == 12 else year - 1

    def flows(y, m):
        return [data.pick("international", span(y, m), flow=kind, partner="WORLD") for kind in ["arrivals", "departures"]]

    def net(y, m=12):
        whole = data.pick("balance_all_flows", span(y, m), region="KZ", settlement="total", measure="net")
        a, d = flows(y, m)
        return whole or (a - d if a and d else None)

    years = {y: net(y) for y in range(last - 25, last + 1) if net(y)}
    revisions(data, last, out)
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
    # Of the last two years, the newest for which regions have a balance of all flows.
    every = lambda y: {c: data.pick("balance_all_flows", span(y, 12), region=c, settlement="total", measure="net") for c in data.regions}
    for y in [last, last - 1]:
        of = {c: v for c, v in every(y).items() if v}
        if of:
            out |= {f"A_all_year[{c}]": v for c, v in of.items()}
            out["A_all_least"] = min(of.values(), key=lambda v: v.v)
            out["A_all_gainers"], out["A_all_regions"] = V(sum(v.v > 0 for v in of.values())), V(len(data.regions))
            break


def revisions(data, last, out):
    """How much the first figures of the last ten years were revised, for the years that have both figures."""
    def of_status(y, status):
        pick = lambda table, **where: data.pick(table, span(y, 12), only=STATUS[status], **where)
        return (pick("balance_all_flows", region="KZ", settlement="total", measure="net")
                or pick("international", flow="net", partner="WORLD"))

    both = {y: (of_status(y, "express"), of_status(y, "final")) for y in range(last - 9, last + 1)}
    out_of = {y: b - a for y, (a, b) in both.items() if a and b and (b - a).e <= 0.01 * abs(b.v)}
    out |= {f"X3_revisions[{y}]": v for y, v in out_of.items()}
    if len(out_of) > 1:
        mean = sum((V(abs(v.v)) for v in out_of.values()), V(0))
        out["X3_revised"] = V(mean.v / len(out_of))


def first_bases(out, flow, rate, y):
    """The bases as first published, if that was a different number."""
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
        # A difference that rounding explains is not a revision.
        if value and now and value.v != now.v and abs(value.v - now.v) >= 2 * value.e:
            out[name + ".first-base"] = value


def regions(data, year, month, out):
    """The other columns of Table 2, by region: flows, a year earlier, per 1 000, abroad, in total."""
    out["per"] = V(1000)  # in the head of a column, which may break after the preposition
    stock = lambda code, day: data.pick("population", day, region=code, settlement="total", sex="total")
    first = {code: stock(code, f"{year}-01-01") for code in data.regions}
    last = {code: stock(code, day_after(year, month)) for code in data.regions}
    # The mean population of the regions that have both ends, where these hold half of all; else that at the start.
    both = [code for code in data.regions if first[code] and last[code]]
    most = 2 * sum(first[code].v for code in both) >= sum(v.v for v in first.values() if v)
    mean = lambda code: corners(lambda a, b: (a + b) / 2, first[code], last[code])
    people_of = {code: (mean(code) if code in both else None) if most else first[code] for code in data.regions}
    for code in data.regions:
        pick = lambda table, y=year, **key: data.pick(table, span(y, month), region=code, **key)
        net, base = pick("interregional", measure="net"), pick("interregional", year - 1, measure="net")
        people = people_of[code]
        out[f"A_in[{code}]"], out[f"A_out[{code}]"] = pick("interregional", measure="arrivals"), pick("interregional", measure="departures")
        out[f"X3[{code}]"] = pick("international_by_region", flow="net")
        every, before = (pick("balance_all_flows", back, settlement="total", measure="net") for back in [year, year - 1])
        out[f"A_all[{code}]"], out[f"A_all[{code}].base"] = every, before
        if every and before:
            out[f"A_all[{code}].difference"] = told(every, before)
        if every and people:
            out[f"A_all_rate[{code}]"] = corners(lambda n, p: 1000 * n / p, every, people)
        out[f"I4[{code}].base"] = base
        if net and base:
            out[f"I4[{code}].difference"] = told(net, base)
        if net and people:
            out[f"I8[{code}]"] = corners(lambda n, p: 1000 * n / p, net, people)


def recompute_labour(data, year, month, out):
    """Permits and work abroad on a day, transfers by month, resettlement against the quota of the year."""
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
    # Regions behind: reports and plans name every region that has any settlers or quota, so the others have none.
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
    """`known` and the values that only the annex prints: more indicators, their bases, differences and quarters."""
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
        out["R4.quarter"] = out["R4"]  # the last quarter ends with the period, so the share is the same
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
