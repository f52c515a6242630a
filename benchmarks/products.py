"""A public set of products whose identity is known: two shops, 1,076 products each, told in other words."""

import logging
import re
from pathlib import Path

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "identity" / "abt_buy"


def abt_buy():
    """Both shops' records, and (account, id) → product. No stock keeping units, no barcodes; half have no price."""
    frames = [pd.read_csv(SHARED / f"{shop}.csv", dtype=str).assign(account=shop) for shop in "ab"]
    records = pd.concat(frames, ignore_index=True).rename(columns={"id": "record_id", "price": "price_amount"})
    known = {}
    for product, row in enumerate(pd.read_csv(SHARED / "truth.csv", dtype=str).itertuples()):
        known["a", row.id_a] = known["b", row.id_b] = product
    return records, known


def peer(records):
    """splink on names made alike beforehand, the words and the model codes of each as arrays; trained without truth, each
    record tied to its best partner, at its default odds of 0.9."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    told = records.rename(columns={"record_id": "unique_id", "account": "source_dataset"})
    told["name"] = told["name"].str.casefold()
    told["words"] = told["name"].map(lambda name: sorted(set(re.findall(r"[a-z0-9]+", name))))
    told["codes"] = told["name"].map(_codes)
    told["price"] = told.pop("price_amount").astype(float)
    told["code"] = told["codes"].map(lambda codes: max(codes, key=len, default=None))
    told = told.drop(columns="description")
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.ArrayIntersectAtSizes("words", [6, 4, 2, 1]),
            cl.ArrayIntersectAtSizes("codes", [1]),
            cl.JaccardAtThresholds("name", [0.9, 0.75]),
            cl.ExactMatch("price"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("codes", arrays_to_explode=["codes"]),
            block_on("words", arrays_to_explode=["words"]),
        ],
    )
    api = DuckDBAPI()
    linker = Linker([api.register(part) for _, part in told.groupby("source_dataset")], settings)
    linker.training.estimate_probability_two_random_records_match([block_on("code")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("price"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("code"))
    predictions = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_using_single_best_links(
        predictions, duplicate_free_datasets=["a", "b"], threshold_match_probability=0.9
    ).as_pandas_dataframe()
    return clusters.rename(columns={"unique_id": "record_id", "source_dataset": "account", "cluster_id": "cluster"})


def _codes(name):
    """Words of letters and digits, whatever the punctuation inside them."""
    glued = {re.sub(r"[^a-z0-9]", "", word) for word in name.split()}
    return sorted(word for word in glued if len(word) >= 4 and re.search("[0-9]", word) and re.search("[a-z]", word))
