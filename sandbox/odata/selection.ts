import { BadQuery } from './bad-query.ts';
import type { EntityType } from './entity.ts';

/** What of an entity is asked for. `properties: null`: all of them. */
export interface Selection {
  properties: Set<string> | null;
  readonly expand: Map<string, Selection>;
}

export const everything = (): Selection => ({ properties: null, expand: new Map() });

/** `$expand=to_Item,to_Customer/to_CustomerSalesArea` and `$select=SalesOrder,to_Item/Material` (OData 2.0, section 2.2.3.6.1). */
export function selectionV2(
  type: EntityType<never>,
  expand: string | null,
  select: string | null,
): Selection {
  const root = everything();
  for (const path of list(expand)) childAt(root, type, path.split('/'), true);
  for (const path of list(select)) selectPath(root, type, path.split('/'));
  return root;
}

function selectPath(root: Selection, type: EntityType<never>, path: readonly string[]): void {
  const last = path.at(-1) as string;
  const at = childAt(root, type, path.slice(0, -1), false);
  if (last === '*') return;
  const isNavigation = Object.hasOwn(at.type.navigations, last);
  if (!isNavigation && !Object.hasOwn(at.type.properties, last))
    throw new BadQuery(`Property ${last} not found in type ${at.type.name}`);
  at.selection.properties ??= new Set();
  at.selection.properties.add(last);
}

/** Walks down navigations; `make`: expands them on the way. */
function childAt(root: Selection, type: EntityType<never>, path: readonly string[], make: boolean) {
  let at = { selection: root, type };
  for (const name of path) {
    const navigation = at.type.navigations[name];
    if (!navigation) throw new BadQuery(`Property ${name} not found in type ${at.type.name}`);
    let child = at.selection.expand.get(name);
    if (!child && !make) throw new BadQuery(`Navigation property ${name} is selected but not expanded`);
    child ??= everything();
    at.selection.expand.set(name, child);
    at = { selection: child, type: navigation.type() };
  }
  return at;
}

/** `$expand=_Item($select=Product,NetAmount;$expand=_Partner)` (OData 4.0 part 2, section 5.1.2). */
export function selectionV4(
  type: EntityType<never>,
  expand: string | null,
  select: string | null,
): Selection {
  const root = everything();
  for (const name of list(select)) {
    if (name !== '*') selectPath(root, type, [name]);
  }
  for (const item of splitOutside(expand ?? '', ',')) {
    const [, name = '', options = ''] = /^\s*([A-Za-z_]\w*)\s*(?:\((.*)\))?\s*$/.exec(item) ?? [];
    const navigation = type.navigations[name];
    if (!navigation) throw new BadQuery(`Property ${name || item} not found in type ${type.name}`);
    root.expand.set(name, nestedV4(navigation.type(), options));
  }
  return root;
}

function nestedV4(type: EntityType<never>, options: string): Selection {
  const found = new Map<string, string>();
  for (const option of splitOutside(options, ';')) {
    const at = option.indexOf('=');
    found.set(option.slice(0, at).trim(), option.slice(at + 1));
  }
  for (const name of found.keys()) {
    if (name !== '$select' && name !== '$expand')
      throw new BadQuery(`Option ${name} is not supported in $expand`);
  }
  return selectionV4(type, found.get('$expand') ?? null, found.get('$select') ?? null);
}

/** Splits at a character, but not inside brackets. No parts of an empty text. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    else if (text[at] === separator && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return text.trim() === '' ? [] : [...parts, text.slice(from)];
}

const list = (text: string | null): string[] => {
  const parts = (text ?? '').split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '');
};
