"""
dlt_load.py arrow|rows CSV FOLDER: the file by dlt into DuckDB, then the four tables of it by SQL in the destination.
`arrow`: record batches of pyarrow, which dlt hands on as they are; `rows`: dicts of Python's csv, as most sources yield.
"""
import csv
import sys

import dlt
import pyarrow as pa
from plain import four_tables, told
from pyarrow import csv as arrow_csv

how, path, folder = sys.argv[1:]
TYPES = {
    "InvoiceNo": pa.string(),
    "StockCode": pa.string(),
    "Description": pa.string(),
    "Quantity": pa.int64(),
    "UnitPrice": pa.decimal128(18, 6),
    "CustomerID": pa.string(),
}


@dlt.resource(name="lines", write_disposition="append")
def by_arrow():
    options = arrow_csv.ConvertOptions(column_types=TYPES, strings_can_be_null=True)
    with arrow_csv.open_csv(path, read_options=arrow_csv.ReadOptions(block_size=1 << 24), convert_options=options) as reader:
        for batch in reader:
            yield pa.Table.from_batches([batch])


COLUMNS = {"UnitPrice": {"data_type": "decimal", "precision": 18, "scale": 6}, "Quantity": {"data_type": "bigint"}, "InvoiceDate": {"data_type": "timestamp", "timezone": False}}


@dlt.resource(name="lines", write_disposition="append", columns={**COLUMNS, "InvoiceNo": {"data_type": "text"}, "CustomerID": {"data_type": "text"}})
def by_rows():
    with open(path, newline="", encoding="utf-8") as file:
        rows = []
        for row in csv.DictReader(file):
            row["CustomerID"] = row["CustomerID"] or None
            rows.append(row)
            if len(rows) == 10_000:
                yield rows
                rows = []
        yield rows


pipeline = dlt.pipeline(
    pipeline_name=f"peers_{how}",
    pipelines_dir=f"{folder}/pipelines",
    destination=dlt.destinations.duckdb(f"{folder}/dlt.duckdb"),
    dataset_name="lake",
)
pipeline.run(by_arrow() if how == "arrow" else by_rows())
with pipeline.sql_client() as client:
    database = client.native_connection
    database.execute("USE lake")
    four_tables(database.execute)
    print(told(database.execute))
