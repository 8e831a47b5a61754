"""Values of the prose and of the bodies' own briefs, besides the core indicators; largest and smallest members."""

import re

from recount.data import day_after, span
from recount.values import V, change, corners, effectiveness, share, told
from recount.words import of_month, when


def rate(part, whole, per=100):
    return corners(lambda p, w: per * p / w, part, whole) if part and whole else None


def mean_stock(first, end):
    """The mean of the stocks at both ends, of the members that have both, if these hold half of the first; else the first."""
    with_both = [c for c, v in first.items() if v and end.get(c)]
    if 2 * sum(first[c].v for c in with_both) >= sum(v.v for v in first.values() if v):
        return {c: corners(lambda a, b: (a + b) / 2, first[c], end[c]) for c in with_both}
    return {c: v for c, v in first.items() if v}


def total(values):
    values = [v for v in values if v]
    return sum(values[1:], values[0]) if values else None


class Facts:
    """All values of one brief by name, the members of its lists, the times of its periods, and member names."""

    def __init__(self, data, year, month, own=None):
        self.data, self.year, self.month, self.own = data, year, month, own
        self.values, self.members, self.times = {}, {}, {}
        y, m = year, month
        following = (y + m // 12, m % 12 + 3)
        self.times |= {"period": span(y, m), "period.base": span(y - 1, m), "period.year": span(y, 12),
                       "period.quarter": f"{y}-{m - 2:02d}..{y}-{m:02d}",
                       "period.next": span(*following)}

    def issued(self, lang):
        """A pattern of the date of the release: the day, or the months it is known to lie in."""
        day = self.times["vintage"]
        year, month = int(day[:4]), int(day[5:7])
        of = lambda time: when(time, lang)
        end = rf"(?:на конец {of_month(month, lang)} {year} г\.?|as of the end of {of_month(month, lang)} {year})"
        return "|".join([of(day), of(f"{year}-{month - 2:02d}..{day[:7]}") if month > 2 else of(day[:7]), end])

    def name(self, code, lang):
        """A pattern of all forms of a member's name."""
        for table in ["regions", "partners"]:
            if code in (words := self.data.words[table, lang]):
                forms = {w for column, w in words[code].items() if w and column not in ("code", "capital")}
                forms |= {key} if (key := self.data.keys.get(code)) else set()
                return "(?:" + "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True)) + ")"
        return rf"{code}(?: г\.)?" if code.isdigit() else r"(?!)"

    def put(self, name, of, levels=True):
        """Records a value, that of a year earlier, the difference and the change; `of` returns the value of a year."""
        now, base = of(self.year), of(self.year - 1)
        self.values[name], self.values[name + ".base"] = now, base
        if now and base and levels:
            self.values[name + ".difference"] = told(now, base)
            self.values[name + ".change"] = change(now, base)

    def largest(self, name, series, top, among=None, least=False, whole=None):
        members = [(c, v) for c, v in series.items() if v and (not among or (v.v > 0) == (among == "positive"))]
        members.sort(key=lambda m: m[1].v if least else -m[1].v)
        if whole:
            # A member counts only if it is larger than the rest of the whole, which members without a value share.
            rest = whole.v + whole.e - sum(v.v - v.e for _, v in members)
            members = [(c, v) for c, v in members[:top] if v.v - v.e > rest]
        self.members[name] = members[:top]
        if members:
            for i, (code, value) in enumerate(members[:top]):
                self.values[f"{name}[{code}]"] = value


def newest(of, *years):
    """What `of` returns for the first of these years that has anything."""
    for year in years:
        if found := of(year):
            return found
    return None


def add(facts):
    """Adds everything that `recompute` does not calculate to `facts`."""
    data, y, m, out = facts.data, facts.year, facts.month, facts.values
    last = y if m == 12 else y - 1
    regions = data.regions
    pick = lambda table, when, **key: data.pick(table, when, **key)
    by = lambda of, among=regions: {c: v for c in among if (v := of(c))}

    # Between regions.
    net = by(lambda c: pick("interregional", span(y, m), region=c, measure="net"))
    out["I4_regions"] = V(len(regions))
    gains = sorted((v for v in net.values() if v.v > 0), key=lambda v: -v.v)
    if gains:
        out["I7_first"] = corners(lambda *g: 100 * g[0] / sum(g), *gains)
        facts.largest("I4_top3", net, 3, "positive")
        facts.largest("I4_top", net, 1, "positive")
        facts.largest("I4_gainers", net, 20, "positive")
    facts.largest("I4_losers", net, 5, "negative", least=True)
    before = sorted((v for c in regions if (v := pick("interregional", span(y - 1, m), region=c, measure="net")) and v.v > 0), key=lambda v: -v.v)
    if before:
        out["I7.base"] = corners(lambda *g: 100 * sum(g[:3]) / sum(g), *before)
        out["I7.difference"] = out["I7"] - out["I7.base"] if out.get("I7") else None
    for code, _ in facts.members.get("I4_top", []):
        out["I4_top_base"] = pick("interregional", span(y - 1, m), region=code, measure="net")
    for name, code in [("I4_almaty", "KZ-75"), ("I4_almaty_region", "KZ-19")]:
        others = [r for r in data.tables["interregional"] if r["measure"] == "net" and r["region"] == code and r["period"] == span(y, m)
                  and r["value"] and net.get(code) and abs(float(r["value"]) - net[code].v) > 1000]
        out[name + ".other"] = V(others[0]["value"]) if others else None
    if out.get("I6") and out.get("X3"):
        out["I6_X3"] = rate(out["I6"], out["X3"], 1)
    stock = lambda c, day, settlement="total": pick("population", day, region=c, settlement=settlement, sex="total")

    def mean(year, month, among):
        """The mean population, where the regions with both ends have half the people at least; else that at the start."""
        return mean_stock(by(lambda c: stock(c, f"{year}-01-01"), among), by(lambda c: stock(c, day_after(year, month)), among))

    people = mean(y, m, regions)
    percent = {c: rate(v, people.get(c)) for c, v in net.items()}
    facts.largest("I4_pct_top", percent, 1, "positive")
    per_thousand = {c: rate(v, people.get(c), 1000) for c, v in net.items()}
    facts.largest("I8_least", per_thousand, 1, least=True)
    everyone = mean_stock({"KZ": stock("KZ", f"{y}-01-01")}, {"KZ": stock("KZ", day_after(y, m))}).get("KZ")
    for name in ["X1", "X2"]:
        if out.get(name) and everyone:
            out[name + "_rate"] = rate(out[name], everyone, 1000)
    out["I1_one_in"] = rate(everyone, out.get("I1"), 1)
    flows = {}
    for a in regions:
        for b in regions:
            if v := pick("interregional_od", span(y, m), origin=a, destination=b):
                flows[f"{a}>{b}"] = v
    facts.largest("OD_flows", flows, 10)
    for code, _ in facts.members["OD_flows"]:
        a, b = code.split(">")
        if reverse := flows.get(f"{b}>{a}"):
            out[f"OD_flows[{code}].reverse"] = reverse

    # Abroad, by country.
    for name, flow in [("X1_top", "arrivals"), ("X2_top", "departures")]:
        facts.largest(name, {c: pick("international", span(y, m), flow=flow, partner=c) for c in data.countries}, 5,
                      whole=facts.values[name[:2]])
    for name, flow in [("X1", "arrivals"), ("X2", "departures")]:
        if facts.members[name + "_top"]:
            facts.members[name + "_first"] = facts.members[name + "_top"][:1]
            out[name + "_first_share"] = share(facts.members[name + "_top"][0][1], out[name])
            # The share that is printed for this country, if there is one.
            country, kind = {"X1": ("UZB", "arrivals"), "X2": ("RUS", "departures")}[name]
            printed = pick("international_rates", span(y, m), measure=f"share_{kind}_{country}")
            is_first = facts.members[name + "_first"][0][0] == country
            out[f"{name}_{country}_share"] = printed if printed and is_first else out[name + "_first_share"]
        facts.largest(name + "_regions_top", by(lambda c: pick("international_by_region", span(y, m), region=c, flow=flow)), 3 if name == "X1" else 1)
        named = total(v for _, v in facts.members[name + "_regions_top"])
        if named and out.get(name) and len(facts.members[name + "_regions_top"]) == (3 if name == "X1" else 1):
            out[name + "_regions_share"] = share(named, out[name])
    out["X1_age_20_44"] = pick("profile", span(y, m), flow="arrivals", region="KZ", characteristic="age_share", category="20-44")
    education = lambda flow, what, category: pick("profile", span(y, m), flow=flow, region="KZ", characteristic=what, category=category)
    levels = {c: education("departures", "education_15plus", c) for c in ["higher", "vocational", "general_secondary", "basic_secondary"]}
    out["H1"] = share(levels["higher"], total(levels.values())) if all(levels.values()) else education("departures", "education_15plus_share", "higher")
    arrived = education("arrivals", "education_15plus", "higher")
    out["H2"] = arrived - levels["higher"] if arrived and levels["higher"] else None

    # Rural and urban.
    rural = lambda what, year, month=m: pick("rural", span(year, month), region="KZ", settlement="rural", measure=what)
    out["R_in"], out["R_out"] = rural("arrivals", y), rural("departures", y)
    villages = lambda year: stock("KZ", f"{year}-01-01", "rural")
    out["R_rate"] = rate(rural("net_migration", y), villages(y))
    out["R_rate_annual"] = rate(rural("net_migration", last, 12), villages(last))
    out["R1_annual.base"] = rural("net_migration", last - 1, 12)
    years = {year: v for year in range(2000, last + 1) if (v := rural("net_migration", year, 12))}
    if years:
        facts.times["R1_years.years"] = f"{min(years)}-01..{max(years)}-12"
        lower = [year for year, v in years.items() if year != max(years) and v.v <= years[max(years)].v]
        out["R1_years.since"] = V(max(lower) if lower else min(years))
    # What the stocks say of growth, whatever was estimated first.
    both = lambda settlement: [stock("KZ", day, settlement) for day in [day_after(y, m), f"{y}-01-01"]]
    for name, settlement in [("P_change", "total"), ("R_change", "rural")]:
        if all(both(settlement)):
            out[name] = both(settlement)[0] - both(settlement)[1]
    if out.get("R1") and rural("natural_increase", y):
        out["R_counted"] = out["R1"] + rural("natural_increase", y)
    out["P_change_migration"] = rate(out.get("X3"), out.get("P_change"))
    ends = lambda year: [stock("KZ", day_after(year, m), s) for s in ["urban", "total"]]
    if all(ends(y)) and all(ends(y - 1)):
        out["R4.base"] = share(*ends(y - 1))
        out["R4.difference"] = share(*ends(y)) - out["R4.base"]

    # The trend abroad.
    first = min((int(k[9:13]) for k in out if k.startswith("X3_years[")), default=last)
    facts.times["X3_years.years"] = f"{first}-01..{last}-12"
    facts.times["X3_five.years"] = f"{last - 4}-01..{last}-12"
    facts.times |= {f"{k}.base.time": span(y - 1, 12) for k in ["K2_plan", "K3_plan"]}
    annual = {k[9:13]: v for k, v in out.items() if v and k.startswith("X3_years[")}
    five = {k: v for k, v in annual.items() if int(k) > last - 5}
    facts.largest("X3_five_top", five, 1)
    facts.largest("X3_five_least", five, 1, least=True)
    facts.largest("X3_years_top", annual, 1)
    if str(last) in annual and len(annual) > 2:
        out["X3_rank"] = V(1 + sum(v.v > annual[str(last)].v for v in annual.values()))
    facts.members["X3_revisions"] = [(k[13:17], v) for k, v in sorted(out.items()) if v and k.startswith("X3_revisions[")]
    run = int(out["X3_run"].v) if "X3_run" in out else 1
    facts.times["X3_run"] = span(last, 12) if run == 1 else f"{last - run + 1}-01..{last}-12"
    for name, end, back in [("X3", y, 5), ("X3_annual", last, 5), ("R1", y, 5), ("R1_annual", last, 5)]:
        facts.times[f"{name}.range.years"] = f"{end - back}-01..{end - 1}-12"
    if out.get("X3_annual"):
        out["X3_annual"].time = span(last, 12)
    out["P_migration_rate"] = rate(out.get("P_migration"), out.get("P_growth"))
    if out.get("R3"):
        out["R3"].time = span(y, m)

    # All flows, by region: the newest of the last two years.
    every = lambda year, settlement="total", kinds=("oblast", "city"): by(
        lambda c: pick("balance_all_flows", span(year, 12), region=c, settlement=settlement, measure="net"),
        [c for c in regions if data.kinds[c] in kinds])
    flow_year = next((year for year in [last, last - 1] if every(year)), None)
    if flow_year:
        everyone_flows(facts, every, flow_year, mean)
    labour(facts, last)
    young(facts, last)
    if facts.own:
        own(facts, last, every, flow_year, net, per_thousand)
    growth = lambda c, what: pick("population_change", span(y, m), region=c, measure=what)
    for name, code in [("G_astana", "KZ-71"), ("G_almaty", "KZ-75"), ("G_turkistan", "KZ-61")]:
        out[name] = growth(code, "growth")
        out[name + "_share"] = rate(out[name], out.get("P_growth"))
    out["G_turkistan_natural"] = growth("KZ-61", "natural_increase")
    transfers(facts)
    students(facts)
    for name in [k for k in out if k.endswith(".change")]:
        if out[name] and out[name].v >= 100:
            out[name.replace(".change", ".change.fold")] = V(1 + out[name].v / 100, out[name].e / 100)


def everyone_flows(facts, every, year, mean):
    """All flows of the regions in one year: who gains, who loses, cities, towns and villages."""
    out, data = facts.values, facts.data
    time = span(year, 12)
    facts.flow_year = year
    now, base = every(year), every(year - 1)
    facts.times |= {k: time for k in ["A_all_year.time", "BY_by.time", "BY8_by.time", "N_B.time", "N_B8.time", "N_list.time",
                                      "BY_cities.time", "BY_rural_losers.time", "BY_gainers.time", "O_B.time", "O_B8.time", "O_Br.time", "O_Bu.time"]}
    facts.times |= {"O_B.base.time": span(year - 1, 12), "A_all_year.base.time": span(year - 1, 12)}
    facts.largest("A_all_least", now, 1, "negative", least=True)
    facts.largest("A_all_top", now, 1, "positive")
    out["BY_regions"] = V(len(now))
    out["BY_gainers"], out["BY_losers"] = V(sum(v.v > 0 for v in now.values())), V(sum(v.v < 0 for v in now.values()))
    people = mean(year, 12, data.regions)
    of_people = {c: rate(v, people.get(c)) for c, v in now.items()}
    if all(of_people.values()):
        facts.largest("A_rate_top", of_people, 1, "positive")
        facts.largest("A_rate_least", of_people, 1, "negative", least=True)
    per = {c: rate(v, people.get(c), 1000) for c, v in now.items()}
    facts.per = per
    facts.largest("BY8_top", per, 1, "positive")
    facts.largest("BY8_least", per, 1, "negative", least=True)
    villages = every(year, "rural", ("oblast",))
    facts.largest("BY_rural_least", villages, 3, "negative", least=True)
    out["BY_rural_losers"], out["BY_rural_regions"] = V(sum(v.v < 0 for v in villages.values())), V(len(villages))
    for name, of in [("BY_cities", lambda y: every(y, "total", ("city",))), ("BY_towns", lambda y: every(y, "urban", ("oblast",)))]:
        out[name], out[name + ".base"] = total(of(year).values()), total(of(year - 1).values())
    out["BY_towns_rate"] = rate(out["BY_towns"], out["BY_cities"])
    for c in data.regions:
        for name, series in [("BY_by", now), ("BY_by.base", base), ("BY8_by", per), ("BY_urban_by", every(year, "urban")), ("BY_rural_by", every(year, "rural"))]:
            out[name.replace("by", f"by[{c}]", 1)] = series.get(c)


def labour(facts, last):
    data, y, m, out = facts.data, facts.year, facts.month, facts.values
    of = lambda when, measure, category="total", region="KZ": data.pick("labour", when, region=region, measure=measure, category=category)
    latest = lambda measure, category, year=y: data.latest("labour", year, m, measure=measure, region="KZ", category=category)
    plan = lambda measure, category="total": lambda year: of(span(year, 12), measure, category)
    facts.put("K2_plan", plan("regional_quota", "kandas"))
    facts.put("K3_plan", plan("regional_quota", "resettlers"))
    facts.put("L3_quota", plan("quota_labour_immigrants"))
    both = lambda year: plan("regional_quota", "kandas")(year) and plan("regional_quota", "resettlers")(year) and \
        plan("regional_quota", "kandas")(year) + plan("regional_quota", "resettlers")(year)
    facts.put("K23_plan", both)
    for name in ["K2_plan", "K3_plan", "K23_plan", "L3_quota"]:
        facts.times[name + ".base.time"] = span(y - 1, 12)
    out["K3_plan_share"] = share(out["K3_plan"], out["K23_plan"]) if out["K3_plan"] and out["K23_plan"] else None
    rows = [r for r in data.tables["labour"] if r["measure"] == "resettled_to_labour_deficit_regions" and r["region"] == "KZ"
            and r["category"] == "kandas" and r["period"] == span(y, m) and r["value"]]
    others = [r for r in rows if out.get("K2") and float(r["value"]) != out["K2"].v]
    if others:
        out["K2.other"] = V(others[0]["value"])
    settled = {c: v for c in data.regions if (v := of(span(y, m), "resettled_to_labour_deficit_regions", "total", c))}
    facts.largest("K23_top", settled, 3)
    if settled:
        parts = sorted(settled.values(), key=lambda v: -v.v)
        out["K23_three"] = corners(lambda *p: 100 * sum(p[:3]) / sum(p), *parts[:8]) if len(parts) <= 8 else \
            V(100 * sum(p.v for p in parts[:3]) / sum(p.v for p in parts))
    quota = lambda c: [of(span(y, 12), "regional_quota", k, c) for k in ["kandas", "resettlers"]]
    plans = {c: total(quota(c)) for c in data.regions if any(quota(c))}
    use = {c: rate(settled.get(c) or V(0), p) for c, p in plans.items()} if settled else {}
    for c in data.regions:
        out[f"K23_by[{c}]"], out[f"K23_plan_by[{c}]"], out[f"K23_use_by[{c}]"] = settled.get(c), plans.get(c), use.get(c)
    facts.largest("K23_behind_by", {c: u for c, u in use.items() if u.v < 50}, 20, least=True)
    out["K2_of_K1"] = rate(out.get("K2"), out.get("K1"))
    for moves in ["I2", "I2_mlspp"]:
        out["K23_of_" + moves] = rate(out.get("K23"), out.get(moves))
    # A quota is of a year, so its use is judged by whole years only; here that of the period.
    if m == 12:
        for kind in ["K2", "K3"]:
            out[kind + "_use_year"] = rate(out.get(kind), out[kind + "_plan"])
        out["K2_plan_of_K1_year"] = rate(out["K2_plan"], out.get("K1"))
    origin = lambda c: of(span(y, m), "kandas_origin_share", c)
    out["K1_UZB"], out["K1_CHN"] = origin("UZB"), origin("CHN")
    out["K1_two"] = out["K1_UZB"] + out["K1_CHN"] if out["K1_UZB"] and out["K1_CHN"] else None
    out["K1_higher"] = latest("kandas_education_share_working_age", "higher")
    out["K1_since_1991"] = latest("kandas_cumulative_since_1991", "total")
    out["L1_employers"] = latest("employers_of_foreign_workers", "total")
    for c in ["CHN", "UZB"]:
        count = latest("foreign_workers_on_local_permits", c)
        out[f"L1_{c}_share"] = rate(count, out.get("L1")) if count and out.get("L1") and count.day == out["L1"].day else None
    out["L2"] = rate(out.get("L1"), of(span(y, 12), "quota_local_permits"))
    out["L3"] = of(span(y, m), "permits_issued_labour_immigrants")
    issued = of(span(y - 1, m), "permits_issued_labour_immigrants")
    out["L3_use.base"] = rate(issued, of(span(y - 1, 12), "quota_labour_immigrants"))
    facts.times["L3_use.base.time"] = span(y - 1, m)


def transfers(facts):
    data, m, out = facts.data, facts.month, facts.values

    def of(measure):
        def year(y):
            key = {"measure": measure, "partner": "WORLD"}
            months = [data.pick("remittances", f"{y}-{i:02d}..{y}-{i:02d}", **key) for i in range(1, m + 1)]
            whole = total(months) if all(months) else data.pick("remittances", span(y, m), **key)
            return V(whole.v * 1e6, whole.e * 1e6) if whole else None
        return year

    sent, received = of("remittances_sent"), of("remittances_received")
    facts.put("M1", sent)
    facts.put("M2", received)
    facts.put("M_net", lambda y: received(y) - sent(y) if received(y) and sent(y) else None, levels=False)


def students(facts):
    data, y, m, out = facts.data, facts.year, facts.month, facts.values
    latest = lambda agency, partner, year, measure="foreign_students": data.latest("students", year, m, measure=measure, agency=agency, partner=partner)
    facts.put("E1_bns", lambda year: latest("bns", "WORLD", year))
    facts.put("E1_mshe", lambda year: latest("mshe", "WORLD", year))
    out["E2"] = latest("unesco", "WORLD", y, "studying_abroad")
    out["E1_IND"], out["E1_TKM"], out["E1_bns_TKM"] = latest("mshe", "IND", y), latest("mshe", "TKM", y), latest("bns", "TKM", y)
    if out["E1_IND"] and out["E1_TKM"]:
        out["E1_two_share"] = rate(out["E1_IND"] + out["E1_TKM"], out["E1_mshe"])
    if out.get("E1_mshe") and out.get("E1_bns"):
        out["E1_gap"] = rate(out["E1_mshe"] - out["E1_bns"], out["E1_bns"])


def young(facts, last):
    data, y, m, out = facts.data, facts.year, facts.month, facts.values
    of = lambda flow, what, category, region="KZ": newest(
        lambda year: data.pick("profile", span(year, 12), flow=flow, region=region, characteristic=what, category=category), last, last - 1)
    age = lambda flow, region="KZ": of(flow, "age_14_34", "total", region)
    out["Y_net"], out["Y_astana"], out["Y_almaty"] = age("net_all_flows"), age("net_all_flows", "KZ-71"), age("net_all_flows", "KZ-75")
    if all(out[k] for k in ["Y_net", "Y_astana", "Y_almaty"]):
        out["Y_rest"] = out["Y_net"] - out["Y_astana"] - out["Y_almaty"]
    out["Y_movers"], out["Y_arrivals"] = age("movers_all_flows"), age("arrivals")
    if out["Y_arrivals"]:
        year = int(out["Y_arrivals"].time[:4])
        out["Y_arrivals_share"] = rate(out["Y_arrivals"], data.pick("international", span(year, 12), flow="arrivals", partner="WORLD"))
    for what in ["technical", "economic", "pedagogical", "architecture_construction", "medical", "legal", "agricultural"]:
        out["S_" + what] = of("departures", "speciality", what)
    if out["S_economic"] and out["S_pedagogical"]:
        out["S_two"] = out["S_economic"] + out["S_pedagogical"]


def ranks(series, code):
    """The rank of a member, counted from the largest."""
    return V(1 + sum(v.v > series[code].v for v in series.values())) if series.get(code) else None


def own(facts, last, every, year, net, per_thousand):
    data, y, m, out, code = facts.data, facts.year, facts.month, facts.values, facts.own
    of = lambda table, when, **key: data.pick(table, when, region=code, **key)
    between = lambda what, at=y: of("interregional", span(at, m), measure=what)
    facts.put("O_I4", lambda at: between("net", at), levels=False)
    complete = len(net) == len(data.regions)
    if out["O_I4"]:
        larger = sum(v.v > out["O_I4"].v for v in net.values())
        # If not every region is known, a gaining region still has a rank: all gaining regions are known.
        out["O_I4_rank"] = V(larger + 1) if complete or out["O_I4"].v > 0 else None
        out["O_I4_share"] = rate(out["O_I4"], out.get("I6"))
    out["O_in"], out["O_out"] = between("arrivals"), between("departures")
    if out["O_in"] and out["O_out"]:
        out["O_I9"] = effectiveness(out["O_in"], out["O_out"])
    out["O_I8"] = per_thousand.get(code)
    if year:
        series = every(year)
        out["O_B"], out["O_B.base"] = series.get(code), every(year - 1).get(code)
        out["O_B.difference"] = told(out["O_B"], out["O_B.base"]) if out["O_B"] and out["O_B.base"] else None
        out["O_B_rank"], out["O_B8"] = ranks(series, code), facts.per.get(code)
        out["O_B8_rank"] = ranks(facts.per, code)
        for name, settlement in [("O_Bu", "urban"), ("O_Br", "rural")]:
            out[name], out[name + ".base"] = every(year, settlement).get(code), every(year - 1, settlement).get(code)
            if out[name] and out[name + ".base"]:
                out[name + ".difference"] = told(out[name], out[name + ".base"])
        near = data.neighbours[code]
        facts.largest("N_list", {c: series[c] for c in near if c in series}, 20)
        # A sentence names the first and the last neighbour.
        facts.members["N_list"] = [facts.members["N_list"][0], facts.members["N_list"][-1]] if facts.members["N_list"] else []
        around = {c: facts.per[c] for c in [*near, code] if c in facts.per}
        out["N_B8_rank"], out["N_B8_count"] = ranks(around, code), V(len(around))
    stock = lambda c, day: data.pick("population", day, region=c, settlement="total", sex="total")
    out["O_P"], out["O_P_end"] = stock(code, f"{y}-01-01"), stock(code, day_after(y, m))
    start = [stock(c, f"{y}-01-01") for c in data.regions]
    out["O_P_share"] = rate(out["O_P"], total(start)) if all(start) else None
    out["O_growth"] = of("population_change", span(y, m), measure="growth")
    out["O_natural"] = of("population_change", span(y, m), measure="natural_increase")
    out["O_I4_growth"] = rate(out.get("O_I4"), out["O_growth"])
    out["O_rest"] = out["O_growth"] - out["O_natural"] if out["O_growth"] and out["O_natural"] else None
    country = data.pick("population", day_after(y, m), region="KZ", settlement="total", sex="total")
    out["O_P_end_share"] = rate(out["O_P_end"], country)
    abroad = lambda flow, at, month: of("international_by_region", span(at, month), flow=flow)
    for name, flow in [("O_X1", "arrivals"), ("O_X2", "departures")]:
        facts.put(name, lambda at: abroad(flow, at, m))
        whole = lambda at, month: data.pick("international", span(at, month), flow=flow, partner="WORLD")
        out[name + "_share"] = rate(out[name], whole(y, m))
        out[name + "_year"] = abroad(flow, last, 12)
        out[name + "_share_year"] = rate(out[name + "_year"], whole(last, 12))
    if out["O_X1"] and out["O_X2"]:
        out["O_X3"] = out["O_X1"] - out["O_X2"]
    quota = lambda kind: data.pick("labour", span(y, 12), region=code, measure="regional_quota", category=kind)
    out["O_K2_plan"], out["O_K3_plan"] = quota("kandas"), quota("resettlers")
    out["O_K23"] = out.get(f"K23_by[{code}]")
    out["O_K23_share"], out["O_K23_use"] = rate(out["O_K23"], out.get("K23")), out.get(f"K23_use_by[{code}]")
    flow = lambda a, b: data.pick("interregional_od", span(y, m), origin=a, destination=b)
    others = [c for c in data.regions if c != code]
    facts.largest("O_from_top", {c: flow(c, code) for c in others}, 5)
    facts.largest("O_to_top", {c: flow(code, c) for c in others}, 5)
    for name, way in [("O_from", lambda c: flow(c, code)), ("O_to", lambda c: flow(code, c))]:
        facts.members[name] = [(c, way(c)) for c in others if way(c)]
    for c in [*data.neighbours[code], code]:
        out[f"N_P[{c}]"] = stock(c, f"{y}-01-01")
