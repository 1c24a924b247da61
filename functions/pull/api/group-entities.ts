import type { Entity } from './source.ts';

/** Entities that fill tables in common, directly or by way of a third one, come together; in their order. */
export function groupEntities(entities: readonly Entity[]): (readonly Entity[])[] {
  let groups: Entity[][] = [];
  for (const entity of entities) {
    const shares = (group: readonly Entity[]): boolean =>
      group.some(({ tables }) => tables.some((table) => entity.tables.includes(table)));
    const together = groups.filter(shares).flat();
    groups = [...groups.filter((group) => !shares(group)), [...together, entity]];
  }
  return groups;
}
