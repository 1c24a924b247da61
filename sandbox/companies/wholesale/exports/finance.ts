import { addDays } from '../../../../functions/lake/values/day.ts';
import { BOM, csv, european } from '../../../kit/words.ts';
import type { Cost } from '../business/costs.ts';

/** Files kept by hand in the office in Strasbourg: French headings, DD/MM/YYYY, `1 234,50`, and a BOM from Excel. */
const frenchDate = (date: string): string => `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;

export function* costLines(costs: Iterable<Cost>): Generator<string> {
  yield `${BOM}Pièce;Date;Nature;Poste;Canal;Montant;Devise`;
  for (const cost of costs) {
    yield csv(
      ';',
      cost.id,
      frenchDate(cost.day.date),
      cost.kind === 'sales' ? 'Commercial' : 'Marketing',
      cost.category,
      cost.channel,
      european(cost.amount, ' '),
      'EUR',
    );
  }
}

/** What somebody of a customer said to advertising, on a day. */
export interface Consent {
  readonly email: string;
  readonly customer: string;
  readonly date: string;
  readonly granted: boolean;
}

export function* consentLines(consents: readonly Consent[]): Generator<string> {
  yield `${BOM}Courriel;Client;Usage;Le;Accord`;
  for (const { email, customer, date, granted } of consents)
    yield csv(';', email, customer, 'publicité', `${frenchDate(date)} 10:00`, granted ? 'oui' : 'non');
}

export interface Target {
  readonly kpi: string;
  readonly startsOn: string;
  readonly endsOn: string;
  /** As written: in the KPI's unit, with a decimal comma. */
  readonly value: string;
}

export function* targetLines(targets: readonly Target[]): Generator<string> {
  yield `${BOM}Indicateur;Dimension;Membre;Du;Au;Valeur`;
  for (const target of targets) {
    yield csv(
      ';',
      target.kpi,
      'total',
      'total',
      frenchDate(target.startsOn),
      frenchDate(target.endsOn),
      target.value,
    );
  }
}

export interface Plan {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly category: string;
  readonly channel: string | null;
  /** Cents. */
  readonly amount: number;
}

export function* budgetLines(plans: readonly Plan[]): Generator<string> {
  yield `${BOM}Budget;Du;Au;Poste;Canal;Montant;Devise`;
  for (const plan of plans) {
    const id = `${plan.startsOn.slice(0, 7)}-${plan.category}`;
    yield csv(
      ';',
      id,
      frenchDate(plan.startsOn),
      frenchDate(plan.endsOn),
      plan.category,
      plan.channel,
      european(plan.amount, ' '),
      'EUR',
    );
  }
}

/** First and last day of every month from one date's month to another's. */
export function monthsBetween(
  from: string,
  to: string,
): { readonly startsOn: string; readonly endsOn: string }[] {
  const months = [];
  for (let startsOn = `${from.slice(0, 7)}-01`; startsOn <= to; ) {
    const next = `${addDays(startsOn, 31).slice(0, 7)}-01`;
    months.push({ startsOn, endsOn: addDays(next, -1) });
    startsOn = next;
  }
  return months;
}

/** A region's market in a year, in whole euros. */
export interface Market {
  readonly region: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly amount: number;
}

export function* marketLines(markets: readonly Market[]): Generator<string> {
  yield `${BOM}Marché;Du;Au;Région;Montant;Devise`;
  for (const { region, startsOn, endsOn, amount } of markets)
    yield csv(
      ';',
      `${startsOn.slice(0, 4)}-${region}`,
      frenchDate(startsOn),
      frenchDate(endsOn),
      region,
      european(amount * 100, ' '),
      'EUR',
    );
}
