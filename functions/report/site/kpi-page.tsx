/** @jsxRuntime automatic @jsxImportSource react */
import { type BusinessEvent, touches } from '../../lake/alerts/events.ts';
import { wordIn } from '../../lake/values/language.ts';
import { formatDate, windowName } from '../../languages/dates.ts';
import { capital } from '../../languages/one-line.ts';
import { alertName } from '../letters/alerts.ts';
import { benchmarkOf, intervalOf } from '../letters/beside.ts';
import { causesSentence } from '../letters/causes.ts';
import { ripeNote } from '../letters/figure.ts';
import { concerns, eventDays, eventName, notedBeside } from '../letters/noted.ts';
import { outlookOf } from '../letters/outlook.ts';
import { lastDateFor, whyNoValue } from '../letters/trust.ts';
import { figureValueOf, hasFigures, headlineOf, type KpiDay } from '../model/day.ts';
import { BreakdownTable } from './breakdown.tsx';
import { ChartPoints, Charts } from './charts.tsx';
import { Definition } from './definition.tsx';
import type { View } from './document.tsx';
import { type Edition, kpiLink } from './edition.ts';
import { Change, madeFrom, Value } from './figures.tsx';
import { Marks } from './marks.tsx';
import { WindowsTable } from './windows-table.tsx';

/** Everything about one KPI on a day: the figure, its course, what moved it, each window, each member. */
export const kpiView = (sheet: KpiDay): View => ({
  title: ({ language, data }) =>
    `${wordIn(sheet.kpi.names, language)}, ${formatDate(data.asOf, language, 'day')}`,
  heading: (edition) => <KpiHeading edition={edition} sheet={sheet} />,
  body: (edition) => <Body edition={edition} sheet={sheet} />,
  extra: <ChartPoints sheet={sheet} />,
});

interface Props {
  readonly edition: Edition;
  readonly sheet: KpiDay;
}

/** Name, definition and figure of a KPI, and what moved it. */
export function KpiHeading({ edition, sheet }: Props) {
  const { kpi } = sheet;
  const { language, data } = edition;
  return (
    <div className="figure">
      <div>
        <p className="crumb">
          <a href={edition.link({ asOf: data.asOf })}>{capital(formatDate(data.asOf, language, 'full'))}</a>
          <span aria-hidden="true"> › </span>
          {language.themes[kpi.theme]}
        </p>
        <h1>{wordIn(kpi.names, language)}</h1>
        <p className="describes">{wordIn(kpi.describes, language)}</p>
        <Marks edition={edition} sheet={sheet} />
        <Explanation edition={edition} sheet={sheet} />
        <Ripe edition={edition} sheet={sheet} />
      </div>
      <Headline edition={edition} sheet={sheet} />
    </div>
  );
}

function Body({ edition, sheet }: Props) {
  const { kpi } = sheet;
  const { words } = edition;
  return (
    <div className="kpi">
      {hasFigures(sheet) ? (
        <>
          <Charts edition={edition} sheet={sheet} />
          <AlertDays edition={edition} sheet={sheet} />
          <EventDays edition={edition} sheet={sheet} />
          <WindowsTable edition={edition} sheet={sheet} />
          {sheet.breakdowns.length > 0 && (
            <div className="breakdowns">
              {sheet.breakdowns.map((breakdown) => (
                <BreakdownTable
                  key={breakdown.dimension}
                  edition={edition}
                  sheet={sheet}
                  breakdown={breakdown}
                />
              ))}
            </div>
          )}
          {!kpi.additive && sheet.breakdowns.length > 0 && <p className="soft small">{words.overlapping}</p>}
        </>
      ) : (
        <p className="soft">{words.unmeasuredWhy}</p>
      )}
      <Definition edition={edition} sheet={sheet} />
      <Neighbours edition={edition} sheet={sheet} />
    </div>
  );
}

/** The figures before and after this one, in the order of the contents. */
function Neighbours({ edition, sheet }: Props) {
  const { data, language, words } = edition;
  const pages = data.kpis.filter(hasFigures);
  const place = pages.indexOf(sheet);
  const [before, after] = place < 0 ? [] : [pages[place - 1], pages[place + 1]];
  if (!before && !after) return null;
  return (
    <nav className="neighbours" aria-label={words.neighbours}>
      {before && (
        <a href={kpiLink(edition, before.kpi.id)}>
          <span aria-hidden="true">← </span>
          {wordIn(before.kpi.names, language)}
        </a>
      )}
      {after && (
        <a className="after" href={kpiLink(edition, after.kpi.id)}>
          {wordIn(after.kpi.names, language)}
          <span aria-hidden="true"> →</span>
        </a>
      )}
    </nav>
  );
}

/** What moved the figure; or why there is none, or why it is not compared. */
function Explanation({ edition, sheet }: Props) {
  const { kpi, period, quality } = sheet;
  const { language, data, format } = edition;
  const line = headlineOf(sheet);
  if (line && figureValueOf(line) === null)
    return <p className="explanation soft">{whyNoValue(data, sheet, language)}</p>;
  if (quality === 'stale') {
    const date = lastDateFor(data, kpi);
    return (
      <p className="explanation soft">
        {language.trust.staleNote(date && formatDate(date, language, 'day'))}
      </p>
    );
  }
  const causes = sheet.causes[period];
  const sentence = causes ? causesSentence(causes, kpi, period, { ...format, labels: data.labels }) : null;
  const noted = notedBeside(data, { kpi, period, against: causes?.against, member: null }, language);
  return (
    <>
      {sentence && <p className="explanation">{sentence}</p>}
      {noted && <p className="noted">{noted}</p>}
    </>
  );
}

/** Of a rate by entry: whom it is of. */
function Ripe({ edition: { data, language }, sheet }: Props) {
  const note = ripeNote(data, sheet.kpi, language);
  return note && <p className="soft small">{note}</p>;
}

function Headline({ edition, sheet }: Props) {
  const { kpi } = sheet;
  const { words } = edition;
  const line = headlineOf(sheet);
  if (!line) return null;
  const parts = madeFrom(edition, kpi, line.figures.current);
  const interval = intervalOf(kpi, line, edition.format);
  const benchmark = sheet.quality === 'stale' ? null : benchmarkOf(kpi, line, edition.format);
  const outlook = sheet.quality === 'stale' ? null : outlookOf(kpi, line, edition.format);
  return (
    <div className="headline">
      <p className="big">
        <Value edition={edition} kpi={kpi} value={figureValueOf(line)} short />
      </p>
      <p className="soft small">
        {windowName(kpi, sheet.period, edition.language)}
        {parts && ` · ${parts}`}
      </p>
      {interval && <p className="soft small">{interval}</p>}
      {outlook && <p className="soft small">{outlook}</p>}
      <p className="small">
        <Change edition={edition} sheet={sheet} line={line} against="previous" />{' '}
        <span className="soft">{words.previous}</span>
      </p>
      <p className="small">
        <Change edition={edition} sheet={sheet} line={line} against="last_year" />{' '}
        <span className="soft">{words.lastYear}</span>
      </p>
      {figureValueOf(line, 'target') !== null && (
        <p className="small">
          <Change edition={edition} sheet={sheet} line={line} against="target" />{' '}
          <span className="soft">{words.toTarget}</span>
        </p>
      )}
      {benchmark && <p className="soft small">{benchmark}</p>}
    </div>
  );
}

/** What happened in the time of the charts; the charts tell of it on its days. */
function EventDays({ edition, sheet }: Props) {
  const { words, language, data } = edition;
  const first = sheet.trend?.dates[0] ?? data.asOf;
  const last = sheet.course?.dates.at(-1) ?? data.asOf;
  const events = data.events.filter(
    (event) => concerns(event, sheet.kpi, null) && touches(event, { from: first, to: last }),
  );
  if (events.length === 0) return null;
  return (
    <details className="event-days">
      <summary>
        {words.events}
        {language.writing.colon} {events.length}
      </summary>
      <ul>
        {events.toReversed().map((event) => (
          <EventLine key={JSON.stringify(event)} edition={edition} event={event} />
        ))}
      </ul>
    </details>
  );
}

/** What is of a member is in the list, and not the chart’s. */
function EventLine({ edition, event }: { edition: Edition; event: BusinessEvent }) {
  const { language, data } = edition;
  const name = eventName(data, event, language);
  const days = event.member === null ? { 'data-from': event.from, 'data-to': event.to } : {};
  return (
    <li {...days} data-event={name}>
      <strong>{eventDays(data.asOf, event, language)}</strong> {name}{' '}
      {event.kind !== 'other' && <span className="soft">{language.events.kinds[event.kind]}</span>}
    </li>
  );
}

/** The shaded days of the chart in words: which rule, which member, from when to when. */
function AlertDays({ edition, sheet }: Props) {
  const { words, language, data } = edition;
  if (sheet.spans.length === 0) return null;
  const day = (date: string): string => formatDate(date, language, 'short');
  return (
    <details className="alert-days">
      <summary>
        {words.alertDays}
        {language.writing.colon} {sheet.spans.length}
      </summary>
      <ul>
        {sheet.spans.toReversed().map((span) => {
          const bound = data.rules.find((each) => each.rule.id === span.rule);
          return (
            <li key={`${span.rule} ${span.member} ${span.from}`}>
              <strong>{words.span(day(span.from), day(span.to), span.open)}</strong>{' '}
              {bound ? alertName(data, { bound, member: span.member }, language) : span.rule}{' '}
              <code>{span.rule}</code>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
