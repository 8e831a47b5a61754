"""The tables of data/, read without kosh: rows, releases, precedence, and the words of the registers."""

import csv

from recount.values import V

STATUS = {"secondary": 0, "express": 1, "final": 2}
PERIODS = {"2024": (2024, 12), "2025-H1": (2025, 6), "2025-9M": (2025, 9), "2025": (2025, 12)}
NBSP = "\u00a0"


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
                     "international_by_region", "balance_all_flows", "profile", "balance_by_age", "balance_15_34"]:
            self.tables[name] = read(name)
        self.policy, self.claims, self.options = read("policy"), read("claims"), read("options")
        self.neighbours = {r["code"]: r["neighbours"].split() for r in read("regions")}
        self.keys = {r["code"]: r["key"] for r in read("regions")}
        self.kinds = {r["code"]: r["kind"] for r in read("regions")}
        plain = lambda r: {k: v.replace(NBSP, " ").replace("\u202f", " ").replace("\u2011", "-") for k, v in r.items()}
        words = lambda name: {r["code"]: plain(r) for r in read(f"lexicon/{name}")}
        names = ["policy", "claims", "regions", "partners", "options"]
        self.words = {(name, lang): words(f"{name}.{lang}") for name in names for lang in ["ru", "en"]}

    def released(self, period):
        """The date the brief of a period refers to: that of its final release, or else of its express one."""
        names = [f"{period}-final", f"{period}-express"]
        return next(self.vintages[n]["released"] for n in names if n in self.vintages)

    def latest(self, table, year, month, **key):
        """The value of the newest day that has one, within the year that ends on the day after the period."""
        end, oldest = day_after(year, month), day_after(year - 1, month)
        days = [r["period"] for r in self.tables[table] if r["value"] and ".." not in r["period"]
                and oldest < r["period"] <= end and all(r[k] == v for k, v in key.items())]
        value = self.pick(table, max(days), **key) if days else None
        if value:
            value.day = max(days)
        return value

    def pick(self, table, when, only=None, **key):
        """The value of the best status, or of the one asked for, from the source with the highest precedence. A finer row
        that agrees with it makes it more exact."""
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
        if finest.get("qualifier"):  # “almost 130 thousand”: it may be off by the whole last unit
            value = V(finest["value"], unit(finest), unit(finest))
            value.qualified = True
        value.status, value.time = best, when
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
