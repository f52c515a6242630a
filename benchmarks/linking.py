"""Who is who on three public sets, ours beside splink in the same run."""

import logging
import time

import duckdb
import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks import products
from benchmarks.people import SHARED, crm_10k, febrl4, quality
from benchmarks.report import Line, show
from sg_pipelines.domain.matching.link import link
from sg_pipelines.domain.matching.people import PEOPLE
from sg_pipelines.domain.matching.products import PRODUCTS


def ours(records, likeness):
    with duckdb.connect() as connection:
        return link(connection, pa.Table.from_pandas(records, preserve_index=False), likeness).assignments.to_pandas()


def peer(records, comparisons, blocks):
    """splink as its documentation sets it up, on text made alike beforehand: random sampling for u, two passes of EM for m, clusters at 0.9."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    renamed = records.rename(columns={"record_id": "unique_id", "account": "source_dataset"})
    for column in renamed.columns.difference(["unique_id", "source_dataset"]):
        renamed[column] = renamed[column].str.casefold().str.strip()
    if "phone" in renamed:
        renamed["phone"] = renamed["phone"].str.replace(r"\D", "", regex=True).str[-10:]
    settings = SettingsCreator(
        link_type="link_and_dedupe" if "phone" in records else "link_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in blocks],
    )
    api = DuckDBAPI()
    parts = [api.register(part) for _, part in renamed.groupby("source_dataset")]
    linker = Linker(parts, settings)
    linker.training.estimate_probability_two_random_records_match([block_on("first_name", "last_name")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for columns in (("last_name",), ("first_name",)):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    predictions = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, 0.9).as_pandas_dataframe()
    return clusters.rename(columns={"unique_id": "record_id", "source_dataset": "account", "cluster_id": "cluster"})


SETS = {
    "crm_10k": (
        crm_10k,
        "F1 ≥ 0.94, precision ≥ 0.97",
        lambda: [
            cl.NameComparison("first_name"),
            cl.NameComparison("last_name"),
            cl.EmailComparison("email"),
            cl.ExactMatch("phone"),
            cl.JaroWinklerAtThresholds("address_street"),
            cl.ExactMatch("address_postal_code"),
        ],
        [("email",), ("phone",), ("last_name", "first_name"), ("address_postal_code", "last_name")],
    ),
    "febrl4": (
        febrl4,
        "F1 ≥ 0.99",
        lambda: [
            cl.NameComparison("first_name"),
            cl.NameComparison("last_name"),
            cl.LevenshteinAtThresholds("birth_date"),
            cl.JaroWinklerAtThresholds("address_street"),
            cl.JaroWinklerAtThresholds("address_city"),
            cl.ExactMatch("address_postal_code"),
        ],
        [
            ("birth_date",),
            ("first_name", "last_name"),
            ("address_postal_code", "last_name"),
            ("address_postal_code", "first_name"),
        ],
    ),
}


def measured(name, bound, work, known):
    began = time.perf_counter()
    assigned = work()
    seconds = time.perf_counter() - began
    precision, recall, f1 = quality(assigned, known)
    return Line(name, f"{f1:.4f}", f"precision {precision:.4f}  recall {recall:.4f}  {seconds:.1f} s   {bound}")


def main():
    if not SHARED.exists():
        show("linking: skipped, ../shared/data/identity is not at hand", [])
        return
    for name, (load, bound, comparisons, blocks) in SETS.items():
        records, known = load()
        lines = [
            measured("F1, ours", bound, lambda r=records: ours(r, PEOPLE), known),
            measured("F1, splink 5", "peer", lambda r=records, c=comparisons, b=blocks: peer(r, c(), b), known),
        ]
        show(f"linking {name}, {len(records):,} records", lines)
    records, known = products.abt_buy()
    lines = [
        measured("F1, ours", "F1 ≥ 0.85", lambda: ours(records, PRODUCTS), known),
        measured("F1, splink 5", "peer", lambda: products.peer(records), known),
    ]
    show(f"linking abt_buy, {len(records):,} records", lines)


if __name__ == "__main__":
    main()
