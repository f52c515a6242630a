"""Public sets of people whose identity is known, and how a linkage is scored on them."""

from collections import Counter
from pathlib import Path

import pandas as pd

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "identity"
RENAMED = {
    "id": "record_id",
    "company": "company_name",
    "street": "address_street",
    "city": "address_city",
    "zip": "address_postal_code",
}


def crm_10k():
    """30,000 records of three platforms, and (account, id) → person."""
    folder = SHARED / "crm_10k"
    frames = [pd.read_parquet(folder / f"{p}.parquet").assign(account=p) for p in ("hubspot", "shopify", "netsuite")]
    truth = pd.read_parquet(folder / "truth.parquet")
    known = {(row.platform, row.id): row.entity for row in truth.itertuples()}
    return pd.concat(frames, ignore_index=True).rename(columns=RENAMED), known


def febrl4():
    """Two lists of 5,000, without the social-security column."""
    folder = SHARED / "febrl4"
    raw = pd.concat([pd.read_csv(folder / f"{a}.csv", dtype=str).assign(account=a) for a in "ab"], ignore_index=True)
    number = raw.street_number.str.replace(r"\.0$", "", regex=True)
    records = pd.DataFrame(
        {
            "account": raw.account,
            "record_id": raw.id,
            "first_name": raw.given_name,
            "last_name": raw.surname,
            "address_street": (number.fillna("") + " " + raw.address_1.fillna("")).str.strip().replace("", None),
            "address_city": raw.suburb,
            "address_postal_code": raw.postcode.str.replace(r"\.0$", "", regex=True),
            "birth_date": raw.date_of_birth.str.replace(r"\.0$", "", regex=True),
        }
    )
    truth = pd.read_csv(folder / "truth.csv")
    known = {}
    for person, row in enumerate(truth.itertuples()):
        known["a", row.id_a] = known["b", row.id_b] = person
    return records, known


def quality(assigned, known):
    """Precision, recall, F1 over pairs of different accounts, pooled; `assigned`: account, record_id, cluster."""
    table = assigned.assign(person=[known[key] for key in zip(assigned.account, assigned.record_id, strict=True)])
    predicted = sum(_pairs(group) for _, group in table.groupby("cluster").account)
    real = sum(_pairs(group) for _, group in table.groupby("person").account)
    right = sum(_pairs(group) for _, group in table.groupby(["cluster", "person"]).account)
    precision, recall = right / predicted, right / real
    return precision, recall, 2 * precision * recall / (precision + recall)


def _pairs(accounts):
    sizes = Counter(accounts).values()
    return (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
