import { pageFrom } from '../../vendor-kit/pages.ts';
import { json } from '../../vendor-kit/replies.ts';
import type { VendorCall, VendorReply } from '../vendor.ts';
import { invalid, notFound } from './errors.ts';
import { instant, type Owner, type Portal, type PropertyDefinition } from './portal.ts';

/** @see https://developers.hubspot.com/docs/api-reference/latest/account/account-information */
export const account = ({ id, timeZone, currency }: Portal): VendorReply =>
  json(200, {
    ...{ portalId: id, accountType: 'STANDARD', timeZone, companyCurrency: currency },
    ...{ additionalCurrencies: ['GBP', 'USD'], uiDomain: 'app-eu1.hubspot.com', dataHostingLocation: 'eu1' },
  });

/** All properties of an object, or one. */
export function properties(portal: Portal, object: string, name: string | undefined): VendorReply {
  const all = portal.properties[object];
  if (all === undefined) return notFound();
  if (name === undefined) return json(200, { results: all.map(definitionOf) });
  const found = all.find((each) => each.name === name);
  return found ? json(200, definitionOf(found)) : notFound();
}

const definitionOf = ({ name, label, type, options = [] }: PropertyDefinition) => ({
  ...{ name, label, type, fieldType: type === 'enumeration' ? 'select' : 'text', archived: false },
  options: options.map(({ value, label: text, order }) => ({
    ...{ value, label: text, displayOrder: order, hidden: false },
  })),
});

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/pipelines */
export const pipelines = ({ pipelines: all }: Portal): VendorReply =>
  json(200, {
    results: all.map(({ id, label, stages }, place) => ({
      ...{ id, label, displayOrder: place, archived: false, createdAt: BEGUN, updatedAt: BEGUN },
      stages: stages.map(({ id: stage, label: name, order, isClosed, probability }) => ({
        ...{
          id: stage,
          label: name,
          displayOrder: order,
          archived: false,
          createdAt: BEGUN,
          updatedAt: BEGUN,
        },
        metadata: { isClosed: String(isClosed), probability: probability.toFixed(2) },
      })),
    })),
  });

const BEGUN = '2023-01-02T08:00:00Z';
const MOST_OWNERS = 500;

/** Who is there, or who was. */
export function owners({ owners: all }: Portal, { url }: VendorCall, now: number): VendorReply {
  const { searchParams: query } = url;
  const limit = Number(query.get('limit') ?? 100);
  if (!(limit > 0 && limit <= MOST_OWNERS)) return invalid(`limit must be between 1 and ${MOST_OWNERS}`);
  const wantsArchived = query.get('archived') === 'true';
  const isArchived = ({ archivedAt }: Owner): boolean => archivedAt !== null && archivedAt <= now;
  const there = all.filter((owner) => owner.createdAt <= now && isArchived(owner) === wantsArchived);
  const { items, next } = pageFrom(there, Number(query.get('after') ?? 0), limit);
  return json(200, {
    results: items.map((owner) => ownerOf(owner, isArchived(owner))),
    ...(next === null ? {} : { paging: { next: { after: String(next) } } }),
  });
}

/** Whoever was removed is nobody's user any more, and in no team. */
const ownerOf = ({ id, userId, team, createdAt, archivedAt }: Owner, archived: boolean) => ({
  ...{ id, email: `owner${id}@kervello.example`, type: 'PERSON', firstName: 'Camille', lastName: `Nom${id}` },
  ...{ userId: archived ? null : userId, createdAt: instant(createdAt), archived },
  updatedAt: instant(archived ? (archivedAt ?? createdAt) : createdAt),
  ...(archived ? {} : { teams: [{ id: String(team.length), name: team, primary: true }] }),
});
