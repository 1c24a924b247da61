"""The same job by dlt: the pages of orders with nested lines, merged by their keys into DuckDB."""
import sys
import time

import dlt
from dlt.sources.helpers import requests

origin, folder = sys.argv[1], sys.argv[2]


@dlt.resource(name="orders", write_disposition="merge", primary_key="id")
def orders():
    address = f"{origin}/orders"
    while address:
        page = requests.get(address, headers={"Authorization": "Bearer bench-token"}).json()
        yield page["value"]
        address = page.get("next")


pipeline = dlt.pipeline(
    pipeline_name="bench",
    pipelines_dir=f"{folder}/pipelines",
    destination=dlt.destinations.duckdb(f"{folder}/dlt.duckdb"),
    dataset_name="lake",
)
started = time.perf_counter()
pipeline.run(orders())
seconds = time.perf_counter() - started
with pipeline.sql_client() as client:
    with client.execute_query("SELECT count(*), sum(CAST(net_amount AS DECIMAL(18,4))) FROM orders__items") as found:
        lines, total = found.fetchone()
print(f'{{"seconds": {seconds}, "lines": {lines}, "total": "{total}"}}')
