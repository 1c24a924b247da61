/** A time zone in which it is between two and three in the morning: for what reads the machine's own clock and needs a day ahead. */
export function zoneAtTwo(now: Date): string {
  const behind = now.getUTCHours() - 2;
  // Zones reach from 12 hours behind UTC to 14 ahead; the signs of their names are the other way round.
  const offset = behind <= 12 ? -behind : 24 - behind;
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}
