import { addDays } from '../../../../functions/lake/values/day.ts';
import { csv, plain } from '../../../kit/words.ts';
import type { Company } from '../business/company.ts';
import { PRODUCTS } from '../business/products.ts';
import { dateText, dayAt, nightly, type Output, whole } from './output.ts';

const INVOICES = 'Invoice,Line,Date,Kind,Origin,Customer,Product,Quantity,List,Net,Currency';

/** What the billing system exports: invoices and credit notes line by line, customers, products. */
export async function writeBilling(output: Output): Promise<void> {
  const { company, rows } = output;
  const lines = company.invoices.flatMap(({ id, kind, origin, day, customer, lines: sold }) =>
    sold.map(({ product, quantity, list, net }, at) => ({
      day,
      line: csv(
        ',',
        ...[id, String(at + 1), dateOf(company, day), kind === 'order' ? 'Invoice' : 'Credit note', origin],
        ...[customer.id, product.id, String(quantity), plain(list), plain(net), customer.prospect.currency],
      ),
    })),
  );
  rows.orders = company.invoices.length;
  rows.order_lines = lines.length;
  await nightly(output, 'exports/billing/invoices_{date}.csv', INVOICES, lines);
  await whole(output, 'exports/billing/customers.csv', customerLines(company));
  await whole(output, 'exports/billing/products.csv', [
    'Product,Name,Category',
    ...PRODUCTS.map(({ id, name, category }) => csv(',', id, name, category)),
  ]);
  rows.customers = company.customers.length;
  rows.products = PRODUCTS.length;
}

/** Also of days before the first. */
const dateOf = (company: Company, day: number): string =>
  day < 0 ? addDays(dayAt(company, 0).date, day) : (dateText(company, day) as string);

function* customerLines(company: Company): Generator<string> {
  yield 'Customer,Name,Region,Country,Industry,Channel,Since';
  for (const { id, name, prospect, channel, since } of company.customers)
    yield csv(
      ',',
      id,
      name,
      prospect.region,
      prospect.country,
      prospect.industry,
      channel,
      dateOf(company, since),
    );
}
