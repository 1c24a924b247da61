import {
  attributeAs,
  attributeText,
  childOf,
  childrenOf,
  missingAttribute,
} from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { sapDay, stripZeros } from '../../api/values.ts';
import { wordFor } from './map-document.ts';
import type { Settings } from './settings.ts';

/** The entities that fields of a customer come from. */
interface Places {
  readonly partner: RecordReader;
  readonly customer: RecordReader | null;
  readonly sales_area: RecordReader | null;
  readonly address: RecordReader | null;
}

/** A business partner with the role of a customer: one row of `customers`. */
export function mapCustomer(record: RecordReader, out: RowSink, { settings }: MapContext<Settings>): void {
  const id = attributeAs(record, 'Customer', stripZeros);
  if (id === null) {
    out.skip('business partner that is no customer');
    return;
  }
  const places = placesOf(record, settings);
  const { customer, address, sales_area: area } = places;
  const { customer_fields: fields, sales_rep_function: role } = settings;
  out.row('customers', {
    customer_id: id,
    name: attributeText(record, 'BusinessPartnerFullName'),
    region: wordAt(places, fields.region, settings.regions),
    country: address === null ? null : attributeText(address, 'Country'),
    industry: wordAt(places, fields.industry, settings.industries),
    segment: wordAt(places, fields.segment, settings.segments),
    sales_rep_id:
      role === undefined ? textAt(places, fields.sales_rep) : area === null ? null : repOf(area, role),
    acquisition_channel: textAt(places, fields.acquisition_channel),
    account_opened_on: attributeAs(customer ?? record, 'CreationDate', sapDay),
    email_hash: address === null ? null : emailOf(address),
    marketing_consent: consentAt(places, fields.marketing_consent),
  });
}

function placesOf(partner: RecordReader, settings: Settings): Places {
  const customer = childOf(partner, 'to_Customer');
  const [address = null] = childrenOf(partner, 'to_BusinessPartnerAddress');
  const areas = customer === null ? [] : childrenOf(customer, 'to_CustomerSalesArea');
  return { partner, customer, sales_area: salesAreaOf(areas, settings), address };
}

/** `sales_area.SalesOffice`: where it stands, and its name; null where the customer has no such place. */
function find(
  places: Places,
  place: string | null,
): { readonly holder: RecordReader; readonly name: string } | null {
  const [where = '', name = ''] = place?.split('.') ?? [];
  const holder = place === null ? null : places[where as keyof Places];
  return holder === null ? null : { holder, name };
}

function textAt(places: Places, place: string | null): string | null {
  const found = find(places, place);
  return found && attributeText(found.holder, found.name);
}

function wordAt(
  places: Places,
  place: string | null,
  words: Readonly<Record<string, string>>,
): string | null {
  const code = textAt(places, place);
  return code === null ? null : wordFor(words, code);
}

function consentAt(places: Places, place: string | null): boolean | null {
  const found = find(places, place);
  if (!found) return null;
  missingAttribute(found.holder, found.name);
  return found.holder.booleanOrNull(found.name);
}

function salesAreaOf(areas: readonly RecordReader[], { sales_area: wanted }: Settings): RecordReader | null {
  const fits = (value: string | undefined, area: RecordReader, field: string): boolean =>
    value === undefined || attributeText(area, field) === value;
  const found = areas.find(
    (area) =>
      fits(wanted.organization, area, 'SalesOrganization') &&
      fits(wanted.channel, area, 'DistributionChannel') &&
      fits(wanted.division, area, 'Division'),
  );
  return found ?? null;
}

function repOf(area: RecordReader, role: string): string | null {
  const partner = childrenOf(area, 'to_PartnerFunction').find(
    (each) => attributeText(each, 'PartnerFunction') === role,
  );
  if (!partner) return null;
  const personnel = attributeAs(partner, 'PersonnelNumber', stripZeros);
  return personnel !== null && personnel !== '0'
    ? personnel
    : attributeAs(partner, 'BPCustomerNumber', stripZeros);
}

/** The hash of the default address: the machinery has hashed it before anything saw it. */
function emailOf(address: RecordReader): string | null {
  const all = childrenOf(address, 'to_EmailAddress');
  const isDefault = (each: RecordReader): boolean => {
    missingAttribute(each, 'IsDefaultEmailAddress');
    return each.booleanOrNull('IsDefaultEmailAddress') === true;
  };
  const chosen = all.find(isDefault) ?? all[0];
  return chosen ? attributeText(chosen, 'EmailAddress') : null;
}
