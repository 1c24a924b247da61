const [turn, turns] = read(process.env['VIGIE_TURN'] ?? '1/1');

/**
 * Whether one of many like trials is to be made this time. CI makes a third of them, by the hour of its commit, so that three commits
 * try all (decision 0075); without `VIGIE_TURN` (such as `2/3`) each is made.
 */
export const isItsTurn = (index: number): boolean => index % turns === turn - 1;

function read(said: string): readonly [turn: number, turns: number] {
  const [, turn, turns] = /^(\d+)\/(\d+)$/.exec(said) ?? [];
  if (turn === undefined || turns === undefined || Number(turn) < 1 || Number(turn) > Number(turns))
    throw new Error(`VIGIE_TURN is ${said}: write which third it is as 1/3, 2/3 or 3/3`);
  return [Number(turn), Number(turns)];
}
