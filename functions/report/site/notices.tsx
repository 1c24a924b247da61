import { isOver } from '../../lake/catalogue/alert.ts';
/** @jsxRuntime automatic @jsxImportSource react */

import { alertItem } from '../letters/alerts.ts';
import type { NoticeItem } from '../letters/blocks.ts';
import { placeOfAlert } from '../letters/links.ts';
import { trustNotices } from '../letters/trust.ts';
import type { Edition } from './edition.ts';

/** What a reader must know before reading a figure: late sources, incomplete figures. */
export function Trust({ edition }: { edition: Edition }) {
  const { words, language, data } = edition;
  const notices = trustNotices(data, data.kpis, language);
  const heading = edition.anchor('trust');
  return (
    <section className="trust" aria-labelledby={heading}>
      <h2 id={heading}>{words.trust}</h2>
      {notices.length === 0 && <p className="soft">{words.allGood}</p>}
      {notices.map((notice) => (
        <div key={notice.title} className="notice">
          <h3>{notice.title}</h3>
          <ul>
            {distinct(notice.items).map((item) => (
              <li key={`${item.what} ${item.detail}`}>
                {item.what} {item.detail && <span className="sub">{item.detail}</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** Two findings may mean the same to a reader. */
const distinct = (items: readonly NoticeItem[]): NoticeItem[] => [
  ...new Map(items.map((item) => [`${item.what} ${item.detail}`, item])).values(),
];

/** Every open alert, and what went back to normal, each the way to its figure, on its day. */
export function Alerts({ edition }: { edition: Edition }) {
  const { words, language, data } = edition;
  const alerts = [...data.openAlerts, ...data.alertNews.filter(({ kind }) => isOver(kind))];
  const heading = edition.anchor('alerts');
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{words.alerts}</h2>
      {alerts.length === 0 && <p className="soft">{words.noAlerts}</p>}
      <ul className="alerts">
        {alerts.map((alert) => {
          const item = alertItem(data, alert, language);
          return (
            <li key={`${alert.bound.rule.id} ${alert.member}`} className={item.severity}>
              <span className="badge">{item.badge}</span>
              <a href={edition.link(placeOfAlert(data, alert))}>{item.figure}</a>
              <span className="sub">{item.why}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
