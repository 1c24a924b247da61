/** A function of a day that is asked of each day once: back-tests of neighbouring days ask the same days again. */
export function remembered<T>(find: (day: number) => T): (day: number) => T {
  const known = new Map<number, T>();
  return (day) => {
    const found = known.get(day);
    if (found !== undefined || known.has(day)) return found as T;
    const made = find(day);
    known.set(day, made);
    return made;
  };
}
