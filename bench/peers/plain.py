"""
DuckDB by itself.

plain.py models LAKE FILE COMPILED   the SELECTs that dbt compiled, each made a table, in one process
plain.py figures FILE AS_OF OUT      the figures that these tables hold, as CSV
plain.py scan LAKE                   the least: every column that the eight KPIs read, read once
plain.py csv LINES OUT               a file of invoice lines, spread over a year
plain.py load CSV FILE               that file into four tables
"""
import sys
from pathlib import Path

import duckdb

KPIS = "orders average_order_value cart_abandonment_rate units_per_order net_revenue repurchase_rate orders_per_customer customer_lifetime_value".split()


def models(lake, file, compiled):
    folder = Path(compiled)
    parts = [folder / "periods.sql", *sorted((folder / "days").glob("*.sql")), folder / "customers_in_windows.sql"]
    with duckdb.connect(file) as database:
        database.execute(f"ATTACH '{lake}' AS lake_file (READ_ONLY)")
        for part in [*parts, *sorted((folder / "kpis").glob("*.sql"))]:
            database.execute(f"CREATE TABLE {part.stem} AS {part.read_text(encoding='utf-8')}")


def figures(file, as_of, out):
    of_all = " UNION ALL ".join(
        f"SELECT '{kpi}' AS kpi, as_of, period, comparison, dimension, member, numerator::varchar AS numerator, denominator::varchar AS denominator FROM {kpi}"
        for kpi in KPIS
    )
    with duckdb.connect(file, read_only=True) as database:
        database.execute(f"COPY (SELECT * EXCLUDE as_of FROM ({of_all}) WHERE as_of = DATE '{as_of}') TO '{out}' (HEADER)")


SCANNED = {
    "order_lines": "order_id ordered_on product_id quantity net_amount currency",
    "orders": "order_id ordered_on kind status customer_id channel booking_programme",
    "carts": "cart_id settles_on settles_at ordered_at item_count device channel region",
    "cart_lines": "cart_id settles_on product_id",
}


def scan(lake):
    with duckdb.connect(lake, read_only=True) as database:
        for table, columns in SCANNED.items():
            database.execute(f"SELECT {', '.join(f'max({column})' for column in columns.split())} FROM lake.{table}").fetchall()


def csv(lines, out):
    with duckdb.connect() as database:
        database.execute(f"""
            COPY (
              SELECT 100000000 + i // 21 AS "InvoiceNo", 'P' || (i * 7919) % 4070 AS "StockCode",
                'PRODUCT, NUMBER ' || (i * 7919) % 4070 AS "Description", i % 12 + 1 AS "Quantity",
                TIMESTAMP '2010-12-01 08:00:00' + INTERVAL 1 MINUTE * (537120 * (i // 21 * 21) // {lines}) AS "InvoiceDate",
                CAST((i % 900) / 100 AS decimal(8, 2)) AS "UnitPrice",
                CASE WHEN (i // 21) % 5 > 0 THEN 12000 + (i // 21 * 31) % 4372 END AS "CustomerID", 'United Kingdom' AS "Country"
              FROM range({lines}) AS s (i)
            ) TO '{out}' (HEADER)""")


def load(path, file):
    with duckdb.connect(file) as database:
        database.execute(f"""
            CREATE TABLE lines AS FROM read_csv('{path}', header = true, columns = {{
              'invoice_no': 'varchar', 'stock_code': 'varchar', 'description': 'varchar', 'quantity': 'decimal(18,6)',
              'invoice_date': 'timestamp', 'unit_price': 'decimal(18,6)', 'customer_id': 'varchar', 'country': 'varchar'}})""")
        four_tables(database.execute)
        print(told(database.execute))


def four_tables(execute):
    """What Vigie makes of the file, made of the loaded lines."""
    execute("""
        CREATE OR REPLACE TABLE order_lines AS
        SELECT invoice_no AS order_id, row_number() OVER (PARTITION BY invoice_no) AS line_id, CAST(invoice_date AS date) AS ordered_on,
          stock_code AS product_id, quantity, CAST(quantity * unit_price AS decimal(18, 6)) AS net_amount, 'GBP' AS currency
        FROM lines""")
    execute("""
        CREATE OR REPLACE TABLE orders AS
        SELECT invoice_no AS order_id, CASE WHEN invoice_no LIKE 'C%' THEN 'return' ELSE 'order' END AS kind, 'completed' AS status,
          CAST(min(invoice_date) AS date) AS ordered_on, min(invoice_date) AS ordered_at, any_value(customer_id) AS customer_id, 'wholesale' AS channel
        FROM lines GROUP BY invoice_no""")
    execute("""
        CREATE OR REPLACE TABLE customers AS
        SELECT customer_id, any_value(country) AS country, any_value(country) AS region FROM lines WHERE customer_id IS NOT NULL GROUP BY customer_id""")
    execute("CREATE OR REPLACE TABLE products AS SELECT stock_code AS product_id, any_value(description) AS name FROM lines GROUP BY stock_code")


def told(execute):
    """What must be the same, whoever loaded it."""
    (row,) = execute("""
        SELECT (SELECT count(*) FROM order_lines) || ' lines, ' || (SELECT count(*) FROM orders) || ' orders, '
          || (SELECT count(*) FROM customers) || ' customers, ' || (SELECT count(*) FROM products) || ' products, '
          || (SELECT CAST(sum(quantity) AS bigint) FROM order_lines) || ' units, '
          || (SELECT CAST(sum(net_amount) AS decimal(18, 2)) FROM order_lines) || ' in all'""").fetchall()
    return row[0]


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
