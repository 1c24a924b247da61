/** @jsxRuntime automatic @jsxImportSource react */
import type { Kpi } from '../../lake/catalogue/kpi.ts';
import { wordIn } from '../../lake/values/language.ts';
import { hasFigures } from '../model/day.ts';
import { byTheme } from '../model/headlines.ts';
import { openLists } from '../model/reader-lists.ts';
import { type Edition, kpiLink } from './edition.ts';
import { isAlerting } from './marks.tsx';
import { memberIndex } from './member-index.ts';
import { namesOf } from './names.ts';

/** The way to every page of the day, and the field that finds one. On a phone it is folded up. */
export function Contents({ edition }: { edition: Edition }) {
  const { words, language, data, here } = edition;
  const day = edition.link({ asOf: data.asOf });
  return (
    <nav className="contents" aria-label={words.contents}>
      <a className="skip" href={`#${edition.anchor('main')}`}>
        {words.skip}
      </a>
      <details data-contents="">
        <summary>{words.filter}</summary>
        <label>
          <span className="sr">{words.filter}</span>
          <input type="search" placeholder={words.filter} data-filter="" />
        </label>
        <p className="soft small no-match" hidden role="status">
          {words.noMatch}
        </p>
        <Members edition={edition} />
        <ul>
          <li>
            <a href={edition.link({})} aria-current={here.asOf === undefined ? 'page' : undefined}>
              {words.calendar}
            </a>
          </li>
          <li>
            <a href={day} aria-current={isDayPage(edition) ? 'page' : undefined}>
              {words.overview}
            </a>
          </li>
          {openLists(data).map(({ list }) => (
            <li key={list.id} data-kpi={list.id} data-name={wordIn(list.names, language)}>
              <a href={`${day}#${list.id}`}>{wordIn(list.names, language)}</a>
            </li>
          ))}
        </ul>
        {byTheme(linesOf(edition), ({ kpi }) => kpi.theme).map(({ theme, figures }) => (
          <section key={theme} data-group={theme}>
            <h2>{language.themes[theme]}</h2>
            <ul>
              {figures.map((line) => (
                <Line key={line.kpi.id} edition={edition} {...line} />
              ))}
            </ul>
          </section>
        ))}
      </details>
    </nav>
  );
}

/** Who of that name has lines on the day's pages: here on the day's own page, elsewhere the way to it. */
function Members({ edition }: { edition: Edition }) {
  const { words, data, listed } = edition;
  // Where the day's other figures are not read, there is no page that would know.
  if (listed !== undefined || edition.here.asOf === undefined) return null;
  if (isDayPage(edition))
    return (
      <div data-members={JSON.stringify(memberIndex(edition))}>
        <h2 hidden>{words.members}</h2>
        <ul className="found" data-found="" />
      </div>
    );
  return (
    <p data-elsewhere="" hidden>
      <a href={edition.link({ asOf: data.asOf })}>{words.findMember}</a>
    </p>
  );
}

const isDayPage = ({ here }: Edition): boolean => here.asOf !== undefined && here.kpi === undefined;

interface ListedKpi {
  readonly kpi: Kpi;
  readonly alerting: boolean;
}

const linesOf = ({ listed, data }: Edition): ListedKpi[] =>
  listed?.map((kpi) => ({
    kpi,
    alerting: data.kpis.some((sheet) => sheet.kpi.id === kpi.id && isAlerting(sheet)),
  })) ?? data.kpis.filter(hasFigures).map((sheet) => ({ kpi: sheet.kpi, alerting: isAlerting(sheet) }));

function Line({ edition, kpi, alerting }: ListedKpi & { edition: Edition }) {
  const { words, language, here } = edition;
  const name = wordIn(kpi.names, language);
  return (
    <li data-kpi={kpi.id} data-name={namesOf(kpi)}>
      <a
        href={kpiLink(edition, kpi.id)}
        className={alerting ? 'alerting' : undefined}
        aria-current={here.kpi === kpi.id ? 'page' : undefined}
      >
        {name}
        {alerting && <span className="sr"> ({words.alertOpen})</span>}
      </a>
    </li>
  );
}
