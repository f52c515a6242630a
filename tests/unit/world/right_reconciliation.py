"""A right reconciliation of a world in memory: told who is who, it holds today's records against the first day's.

Written for the tests alone and apart from the product: spelling is set aside in the plainest way that will do, and only the
seven rules themselves are the product's own classifier (an oracle holds those elsewhere). What it finds must be the ledger.
"""

import unicodedata
from decimal import Decimal

from sg_pipelines.domain.discrepancies.cell import Cell, Outcome, Voice
from sg_pipelines.domain.discrepancies.classify import classify
from sg_pipelines.domain.survivorship.policy import FieldPolicy, OnForeignEdit, Ownership

HUBSPOT, SHOPIFY, NETSUITE = "hubspot", "shopify", "netsuite"
ALL = (HUBSPOT, SHOPIFY, NETSUITE)
ABSENT = "absent"
# Field: (owners, platforms that carry it, what a stranger's edit means).
NEWEST, ANY = "newest", "any"
POLICY = {
    "customer": {
        "name": ((HUBSPOT, NETSUITE, SHOPIFY), ALL, "conflict"),
        "email": ((SHOPIFY, HUBSPOT), ALL, "conflict"),
        "phone": (NEWEST, ALL, "conflict"),
        "company_name": ((NETSUITE, HUBSPOT), ALL, "conflict"),
        "address": ((SHOPIFY, NETSUITE), ALL, "conflict"),
        "marketing_consent": ((HUBSPOT, SHOPIFY), (HUBSPOT, SHOPIFY), "conflict"),
        "lifecycle": ((HUBSPOT,), (HUBSPOT, NETSUITE), "revert"),
        "tags": (ANY, (HUBSPOT, SHOPIFY), "conflict"),
        "custom_loyalty_tier": ((HUBSPOT,), ALL, "conflict"),
        "company": ((NETSUITE, HUBSPOT), ALL, "conflict"),
    },
    "company": {
        "name": ((NETSUITE, HUBSPOT, SHOPIFY), ALL, "conflict"),
        "domain": ((HUBSPOT,), ALL, "conflict"),
        "tax_id": ((NETSUITE, SHOPIFY), ALL, "conflict"),
        "phone": (NEWEST, ALL, "conflict"),
        "address": ((NETSUITE, SHOPIFY), ALL, "conflict"),
        "lifecycle": ((HUBSPOT,), (HUBSPOT, NETSUITE), "revert"),
    },
    "product": {
        "sku": ((NETSUITE, SHOPIFY), ALL, "conflict"),
        "barcode": ((NETSUITE,), ALL, "conflict"),
        "name": ((SHOPIFY, NETSUITE), ALL, "conflict"),
        "description": ((SHOPIFY,), (HUBSPOT, SHOPIFY), "conflict"),
        "price": ((SHOPIFY,), ALL, "revert"),
        "cost": ((NETSUITE,), ALL, "revert"),
        "inventory": ((NETSUITE,), (SHOPIFY, NETSUITE), "accept"),
    },
    "order": {
        "number": ((SHOPIFY, NETSUITE), ALL, "conflict"),
        "placed_on": ((SHOPIFY,), ALL, "conflict"),
        "status": ((NETSUITE, SHOPIFY), ALL, "conflict"),
        **{
            name: ((SHOPIFY, NETSUITE), ALL, "conflict")
            for name in ("subtotal", "discount", "tax", "shipping", "total")
        },
        "customer": ((SHOPIFY, HUBSPOT), ALL, "conflict"),
        "company": ((NETSUITE,), ALL, "conflict"),
        "lines": ((SHOPIFY,), ALL, "conflict"),
    },
}
SETS = ("tags", "inventory", "lines")
MAY_CONTAIN_TAX = ("subtotal", "discount", "shipping", "lines")
WAYS = {
    "street": "st", "avenue": "ave", "road": "rd", "drive": "dr", "lane": "ln", "court": "ct", "calle": "c", "cl": "c",
    "carrera": "cra", "avenida": "av", "avda": "av", "no": "#",
}  # fmt: skip


class Snapshot:
    """What every account says at one moment."""

    def __init__(self, accounts):
        self.platforms = {name: account.platform for name, account in accounts.items()}
        self.rows = {
            f"{name}/{kind}/{record_id}": dict(row)
            for name, account in accounts.items()
            for (kind, record_id), row in account.rows.items()
        }


class Reconciliation:
    """Everything that differs, and every record that does not add up: (thing, class, subject)."""

    def __init__(self, first, now, truth):
        self.first, self.now = first, now
        self.truth = {name: known["refs"] for name, known in truth.items()}
        self.thing_of = {ref: name for name, refs in self.truth.items() for ref in refs}
        self.thing_of_unit = {
            row["sku"]: self.thing_of[ref]
            for ref, row in {**now.rows, **first.rows}.items()
            if "/product/" in ref and row["sku"]
        }
        self.found = set()
        self.reasons = {}
        for name in self.truth:
            self._thing(name)
        self._contacts()

    def _thing(self, name):
        kind = "customer" if name.startswith("person-") else name.split("-")[0]
        before, after = self._live(name, self.first), self._live(name, self.now)
        for field, (owners, platforms, foreign) in POLICY[kind].items():
            accounts = tuple(a for a in self.now.platforms if self.now.platforms[a] in platforms)
            policy = self._policy(field, owners, accounts, foreign)
            self._field(name, policy, before, after)
        self._expect(name, kind, after)
        if kind == "order":
            for row in after.values():
                self.found |= {(name, "finding", gap) for gap in gaps(row)}
            if any(self._names_nobody(row, account) for account, row in after.items()):
                self.found.add((name, "finding", "gone_neighbour"))

    def _policy(self, field, owners, accounts, foreign):
        listed = owners if isinstance(owners, tuple) else ()
        order = [a for platform in listed for a in accounts if self.now.platforms[a] == platform]
        ownership = {NEWEST: Ownership.NEWEST, ANY: Ownership.ANY}.get(owners, Ownership.LISTED)
        return FieldPolicy(field, accounts, ownership, tuple(order), OnForeignEdit(foreign))

    def _live(self, name, snapshot):
        """Account → the row of its live record; the first of several, as the others are duplicates."""
        found = {}
        for ref in self.truth[name]:
            row = snapshot.rows.get(ref)
            if row is not None and row["state"] == "live":
                found.setdefault(ref.split("/")[0], row)
        return found

    def _field(self, name, policy, before, after):
        field = policy.field
        if field in MAY_CONTAIN_TAX:
            before, after = of_one_way(before), of_one_way(after)
        if field not in SETS:
            was = {a: self._key(field, before[a], a, self.first) for a in policy.accounts if a in before}
            now = {a: self._key(field, after[a], a, self.now) for a in policy.accounts if a in after}
            self._judge(name, field, policy, was, now)
            return
        was = {a: self._elements(field, before[a], a) for a in policy.accounts if a in before}
        now = {a: self._elements(field, after[a], a) for a in policy.accounts if a in after}
        agreed = len(was) > 1 and len({tuple(sorted(one.items())) for one in was.values()}) == 1
        for element in sorted(set().union(*was.values(), *now.values())):
            nothing = ABSENT if agreed else None
            one_was = {a: said.get(element, nothing) for a, said in was.items()} if agreed else {}
            one_now = {a: said.get(element, nothing) for a, said in now.items()}
            self._judge(name, f"{field}={element}", policy, one_was, one_now)

    def _judge(self, name, subject, policy, was, now):
        agreed = len(was) > 1 and len(set(was.values())) == 1
        voices = tuple(
            Voice(account, value, has_held=agreed and account in was, held=was.get(account) if agreed else None)
            for account, value in now.items()
        )
        base = next(iter(was.values())) if agreed else None
        verdict = classify(Cell(policy, voices, agreed, base, 0, {}, frozenset()))
        if verdict.outcome in (Outcome.SOFT_DRIFT, Outcome.HARD_CONFLICT):
            self.found.add((name, verdict.outcome.value, subject))

    def _key(self, field, row, account, snapshot):
        if field in REFERENCES:
            return self._named(row.get(f"{field}_id"), field, account, snapshot)
        return KEYS.get(field, text)(row, field)

    def _named(self, record_id, kind, account, snapshot):
        if record_id is None:
            return None
        ref = f"{account}/{kind}/{record_id}"
        is_there = snapshot.rows[ref]["state"] in ("live", "archived")
        return self.thing_of[ref] if is_there else f"gone:{ref}"

    def _elements(self, field, row, account):
        if field == "tags":
            return {fold(tag): "there" for tag in row.get("tags") or ()}
        if field == "inventory":
            return {fold(level["location"]): str(int(level["quantity"])) for level in row["inventory"]}
        return {self._line_key(line, account): line_value(line) for line in row["lines"]}

    def _line_key(self, line, account):
        if line["product_id"] is None:
            return f"sku:{line['sku'].casefold()}"
        ref = f"{account}/product/{line['product_id']}"
        return self.thing_of[ref] if ref in self.thing_of else self.thing_of_unit[line["sku"]]

    def _names_nobody(self, row, account):
        """Whether a line names a product that is not there."""
        refs = [f"{account}/product/{line['product_id']}" for line in row["lines"] if line["product_id"] is not None]
        return any(self.now.rows.get(ref, {}).get("state") not in ("live", "archived") for ref in refs)

    def _expect(self, name, kind, after):
        for account, platform in self.now.platforms.items():
            lonely = platform != SHOPIFY or list(self.now.platforms.values()).count(SHOPIFY) == 1
            if after and account not in after and lonely and expected(kind, platform, self._shown(after)):
                self.found.add((name, "missing_representation", f"missing:{account}"))
                self.reasons[name, account] = self._reason(name, account)

    def _shown(self, after):
        """What the master shows of what conditions ask: the CRM's lifecycle, the ERP's status, the shop's count."""
        by_platform = {}
        for account, row in after.items():
            by_platform.setdefault(self.now.platforms[account], row)
        lifecycle = next((by_platform[p].get("lifecycle") for p in (HUBSPOT, NETSUITE) if p in by_platform), None)
        status = next((by_platform[p].get("status") for p in (NETSUITE, SHOPIFY, HUBSPOT) if p in by_platform), None)
        return {
            "lifecycle": lifecycle,
            "status": status,
            "orders_count": sum(int(row.get("orders_count") or 0) for row in after.values()),
        }

    def _reason(self, name, account):
        states = [self.now.rows[ref]["state"] for ref in self.truth[name] if ref.startswith(f"{account}/")]
        known = {"archived": "archived", "deleted": "deleted", "merged": "merged_away"}
        return known[states[-1]] if states else "never_created"

    def _contacts(self):
        """Companies about whose contacts two systems disagree."""
        for name in self.truth:
            if not name.startswith("person-"):
                continue
            named = {
                account: self._named(row.get("company_id"), "company", account, self.now)
                for account, row in self._live(name, self.now).items()
            }
            if len(set(named.values())) > 1:
                self.found |= {(one, "finding", "company_contacts") for one in named.values() if one}


def expected(kind, platform, shown):
    if kind == "product":
        return platform in (SHOPIFY, NETSUITE)
    if kind == "order":
        return platform == HUBSPOT or (platform == NETSUITE and shown["status"] != "cancelled")
    if platform == SHOPIFY:
        return kind == "customer" and shown["lifecycle"] == "customer"
    return platform == HUBSPOT or shown["orders_count"] > 0


def of_one_way(rows):
    """Those whose amounts contain tax, or do not, as those of the first that says so. The ERP's never do."""
    first = next((row["tax_included"] for row in rows.values() if row.get("tax_included") is not None), None)
    return {
        account: row for account, row in rows.items() if first is None or bool(row.get("tax_included")) is bool(first)
    }


def gaps(row):
    """Types of findings of one order's record. A part that is not told may be the gap, if its sign is right."""
    told = {name: row[f"{name}_amount"] for name in ("subtotal", "discount", "tax", "shipping", "total")}
    subtotal, discount, tax, shipping, total = (Decimal(amount or 0) for amount in told.values())
    inside = tax if row.get("tax_included") else Decimal(0)
    gap = subtotal - discount + tax - inside + shipping - total
    may_be_untold = told["discount"] is None if gap > 0 else None in (told["tax"], told["shipping"])
    if abs(gap) > Decimal("0.01") and not may_be_untold:
        yield "amount_gap"
    if sum(Decimal(line["amount"]) for line in row["lines"]) != subtotal:
        yield "lines_gap"


def fold(value):
    plain = "".join(x for x in unicodedata.normalize("NFKD", value) if not unicodedata.combining(x))
    return " ".join(plain.casefold().split())


def text(row, field):
    return fold(row.get(field) or "") or None


def code(row, field):
    return "".join((row.get(field) or "").casefold().split()).lstrip("#") or None


def digits(row, field):
    said = "".join(filter(str.isdigit, row.get("phone") or ""))
    return said[-10:] or None


def name(row, field):
    if "first_name" not in row:
        return text(row, field)
    return fold(f"{row['first_name'] or ''} {row['last_name'] or ''}") or None


def address(row, field):
    names = ("street", "street2", "city", "region", "postal_code", "country")
    said = [row.get(f"address_{part}") for part in names]
    words = fold(" ".join(filter(None, said))).replace(".", " ").replace("/", " ").split()
    return " ".join(WAYS.get(word, word) for word in words) or None


def domain(row, field):
    said = (row.get("domain") or "").casefold().removeprefix("https://").removeprefix("www.").rstrip("/")
    return said or None


def tax_id(row, field):
    return "".join(filter(str.isalnum, (row.get("tax_id") or "").casefold())) or None


def money(row, field):
    amount = row[f"{field}_amount"]
    currency = row.get(f"{field}_currency") or row.get("currency")
    return None if amount is None else f"{Decimal(amount).normalize():f} {currency}"


def line_value(line):
    return f"{Decimal(line['quantity'])} at {Decimal(line['amount'])}"


REFERENCES = ("customer", "company")
KEYS = {
    "name": name,
    "phone": digits,
    "address": address,
    "domain": domain,
    "tax_id": tax_id,
    **dict.fromkeys(("sku", "barcode", "number"), code),
    **dict.fromkeys(("price", "cost", "subtotal", "discount", "tax", "shipping", "total"), money),
}
