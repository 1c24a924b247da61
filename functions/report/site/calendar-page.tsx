/** @jsxRuntime automatic @jsxImportSource react */
import { formatDate } from '../../languages/dates.ts';
import { capital, oneLine } from '../../languages/one-line.ts';
import { alertName } from '../letters/alerts.ts';
import { placeOfAlert } from '../letters/links.ts';
import type { AlertSpan } from '../model/alert-spans.ts';
import { type AllDays, type CalendarDay, type CalendarMonth, weeksOf } from './all-days.ts';
import type { View } from './document.tsx';
import type { Edition } from './edition.ts';

/** Openings of alerts that are listed; the months before them show their days. */
const MOST_SPANS = 60;

/** All days: a calendar with what was open on each, and the way from any day to the next. */
export const calendarView = (all: AllDays, kpis: readonly string[]): View => ({
  title: ({ words }) => words.calendar,
  heading: (edition) => <Heading edition={edition} />,
  body: (edition) => <Body edition={edition} all={all} />,
  facts: { 'data-days': all.days.join(' '), 'data-kpis': kpis.join(' ') },
});

function Heading({ edition }: { edition: Edition }) {
  const { data, words, language } = edition;
  return (
    <>
      <h1>{oneLine(data.company.company.name)}</h1>
      <p className="lead">
        <a href={edition.link({ asOf: data.asOf })}>
          {words.latestDay(formatDate(data.asOf, language, 'full'))}
        </a>
      </p>
      <p className="soft no-next" hidden role="status">
        {words.noDayAfter}
      </p>
    </>
  );
}

interface Props {
  readonly edition: Edition;
  readonly all: AllDays;
}

function Body({ edition, all }: Props) {
  const { words, anchor } = edition;
  return (
    <>
      <section className="calendar" aria-labelledby={anchor('calendar')}>
        <h2 id={anchor('calendar')}>{words.calendar}</h2>
        <div className="months">
          {all.months.map((month) => (
            <Month key={month.first} edition={edition} month={month} />
          ))}
        </div>
      </section>
      <Spans edition={edition} all={all} />
    </>
  );
}

function Month({ edition, month }: { edition: Edition; month: CalendarMonth }) {
  const { language } = edition;
  const weeks = weeksOf(month.days);
  return (
    <table className="month">
      <caption>{capital(formatDate(month.first, language, 'month'))}</caption>
      <tbody>
        {weeks.map((week, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
          <tr key={place}>
            {week.map((day, weekday) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
              <td key={weekday}>{day && <Day edition={edition} day={day} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ edition, day: { date, hasPages, open } }: { edition: Edition; day: CalendarDay }) {
  const { words, language } = edition;
  const name = formatDate(date, language, 'full');
  const said = `${name}${open === null ? '' : `, ${words.open(open)}`}`;
  const shown = (
    <>
      <span aria-hidden="true">{Number(date.slice(8))}</span>
      {open !== null && open > 0 && <i aria-hidden="true">{open}</i>}
      <span className="sr">{said}</span>
    </>
  );
  if (!hasPages) return <span className="day">{shown}</span>;
  return (
    <a
      className="day"
      href={edition.link({ asOf: date })}
      aria-current={date === edition.data.asOf ? 'date' : undefined}
    >
      {shown}
    </a>
  );
}

/** What was open, and when; each the way to its figure on its last day. */
function Spans({ edition, all }: Props) {
  const { words, anchor } = edition;
  if (all.spans.length === 0) return null;
  const id = anchor('spans');
  return (
    <section className="calendar" aria-labelledby={id}>
      <h2 id={id}>{words.wasOpen}</h2>
      <ul className="spans">
        {all.spans.slice(0, MOST_SPANS).map((span) => (
          <Span
            key={`${span.rule} ${span.member} ${span.from}`}
            edition={edition}
            span={span}
            days={all.days}
          />
        ))}
      </ul>
      {all.spans.length > MOST_SPANS && (
        <p className="soft small">{words.more(all.spans.length - MOST_SPANS)}</p>
      )}
    </section>
  );
}

function Span({ edition, span, days }: { edition: Edition; span: AlertSpan; days: AllDays['days'] }) {
  const { words, language, data } = edition;
  const bound = data.rules.find(({ rule }) => rule.id === span.rule);
  const day = days.find((date) => date <= span.to && date >= span.from);
  const name = bound ? alertName(data, { bound, member: span.member }, language) : span.rule;
  const short = (date: string): string => formatDate(date, language, 'short');
  return (
    <li>
      <span className="when">{words.span(short(span.from), short(span.to), span.open)}</span>
      {bound && day ? (
        <a href={edition.link(placeOfAlert({ ...data, asOf: day }, { bound, member: span.member }))}>
          {name}
        </a>
      ) : (
        <span>{name}</span>
      )}
    </li>
  );
}
