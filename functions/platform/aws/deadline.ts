import type { Engine } from '../engine.ts';

/**
 * The engine, each statement of which has to end by then: Athena would go on with one that nobody waits for any more,
 * while it is begun a second time.
 */
export const withDeadline = (engine: Engine, deadline: Date): Engine => ({
  dialect: engine.dialect,
  query: (sql, options) => engine.query(sql, { deadline, ...options }),
  execute: (sql, options) => engine.execute(sql, { deadline, ...options }),
  close: () => engine.close(),
});
