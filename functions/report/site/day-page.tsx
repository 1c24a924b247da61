/** @jsxRuntime automatic @jsxImportSource react */
import { saidIn, wordIn } from '../../lake/values/language.ts';
import { formatDate, formatInstant } from '../../languages/dates.ts';
import { capital, oneLine } from '../../languages/one-line.ts';
import { newsOf } from '../letters/news.ts';
import { trustNotices } from '../letters/trust.ts';
import { hasFigures } from '../model/day.ts';
import { headlinesOf } from '../model/headlines.ts';
import { openLists } from '../model/reader-lists.ts';
import { Cards } from './cards.tsx';
import type { View } from './document.tsx';
import { type Edition, kpiLink } from './edition.ts';
import { ListSection } from './list.tsx';
import { Alerts, Trust } from './notices.tsx';
import { Overview } from './overview.tsx';

/** A day: the news, the figures that are asked for first, what is open, what is late; then every figure in one table. */
export const dayView: View = {
  title: ({ data, language }) => capital(formatDate(data.asOf, language, 'full')),
  heading: (edition) => <Heading edition={edition} />,
  body: (edition) => <Body edition={edition} />,
};

function Heading({ edition }: { edition: Edition }) {
  const { words, language, data } = edition;
  const { computed, company, asOf } = data;
  return (
    <>
      <h1>{capital(formatDate(asOf, language, 'full'))}</h1>
      <p className="lead">{newsOf(data, headlinesOf(data), language).lead}</p>
      {computed && (
        <p className="soft small">
          {words.computed(formatInstant(computed.at, language, company.company.time_zone), computed.run)}
        </p>
      )}
    </>
  );
}

function Body({ edition }: { edition: Edition }) {
  const { data, language } = edition;
  // Whatever makes figures doubtful stands before the first of them.
  const doubts = trustNotices(data, data.kpis, language).length > 0;
  return (
    <>
      {doubts && <Trust edition={edition} />}
      <Cards edition={edition} />
      <div className="notices">
        <Alerts edition={edition} />
        {!doubts && <Trust edition={edition} />}
      </div>
      <Overview edition={edition} sheets={data.kpis.filter(hasFigures)} />
      {openLists(data).map((of) => (
        <ListSection key={of.list.id} edition={edition} of={of} />
      ))}
      <Unmeasured edition={edition} />
      <Unreliable edition={edition} />
    </>
  );
}

/** KPIs that are on but of which nothing is recorded: named, so that nobody looks for them. */
function Unmeasured({ edition }: { edition: Edition }) {
  const { words, language, data } = edition;
  const sheets = data.kpis.filter((sheet) => !hasFigures(sheet));
  if (sheets.length === 0) return null;
  return (
    <section className="unmeasured">
      <h2>{words.unmeasured}</h2>
      <p className="soft">{words.unmeasuredWhy}</p>
      <ul>
        {sheets.map(({ kpi }) => (
          <li key={kpi.id}>
            <a href={kpiLink(edition, kpi.id)}>{wordIn(kpi.names, language)}</a>{' '}
            <span className="soft small">{Object.keys(kpi.reads).join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** KPIs that the company goes without: named with the reason, where they are looked for. */
function Unreliable({ edition }: { edition: Edition }) {
  const { words, language, data } = edition;
  if (data.unreliable.length === 0) return null;
  return (
    <section className="unmeasured">
      <h2>{words.unreliable}</h2>
      <p className="soft">{words.unreliableWhy}</p>
      <ul>
        {data.unreliable.map(({ kpi, reason }) => (
          <li key={kpi.id} id={edition.anchor(kpi.id)}>
            {wordIn(kpi.names, language)}
            <span className="sub">{oneLine(saidIn(reason, language), 300)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
