import { addDays } from '../../lake/values/day.ts';
import { fileError } from './file-errors.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `Nov 21 06:25:43`, `Nov  1 06:25:43` (RFC 3164). */
const OLD = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d)$/;

/**
 * The time of a line of syslog, less some seconds, as ISO 8601: an instant where the line has a zone (RFC 3339), else a time of
 * the log's own clock. Old times have no year: it is that of the file's date, of which no line is later by more than a day.
 */
export function logTime(
  text: string,
  fileDate: string | null,
  where: { readonly file: string; readonly line: number },
): (secondsBefore: number) => string {
  const [, month = '', day = '', clock] = OLD.exec(text) ?? [];
  const isOld = clock !== undefined;
  const wall = isOld ? `${yearless(month, day, fileDate, where)}T${clock}` : text;
  const hasZone = !isOld && /(?:Z|[+-]\d\d:?\d\d)$/i.test(wall);
  const instant = Date.parse(hasZone ? wall : `${wall}Z`);
  if (Number.isNaN(instant)) throw noTime(text, where);
  return (seconds) => {
    const at = new Date(Math.floor((instant - seconds * 1000) / 1000) * 1000).toISOString();
    return hasZone ? at : at.slice(0, 19);
  };
}

function yearless(
  month: string,
  day: string,
  fileDate: string | null,
  where: { readonly file: string; readonly line: number },
): string {
  const number = MONTHS.indexOf(month) + 1;
  if (number === 0) throw noTime(`${month} ${day}`, where);
  if (fileDate === null)
    throw fileError(
      'FILE_FORMAT',
      `${where.file}:${where.line} has a time without a year, and the name of the file has no date`,
      where,
      'Have rsyslog write RFC 3339 times (`RSYSLOG_FileFormat`), or logrotate name its files by date (`dateext`), and write `{date}` in `path`.',
    );
  const rest = `${String(number).padStart(2, '0')}-${day.trim().padStart(2, '0')}`;
  const latest = addDays(fileDate, 1);
  const thisYear = `${latest.slice(0, 4)}-${rest}`;
  return thisYear <= latest ? thisYear : `${Number(latest.slice(0, 4)) - 1}-${rest}`;
}

const noTime = (text: string, where: { readonly file: string; readonly line: number }) =>
  fileError(
    'FILE_FORMAT',
    `${where.file}:${where.line} begins with ${text}, which is no time`,
    { ...where, sample: text },
    'A line of syslog begins with `Nov 21 06:25:43` or `2026-11-21T06:25:43+01:00`.',
  );
