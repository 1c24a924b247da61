import { type Members, membersOf } from '../../lake/company/members.ts';
import { wordIn } from '../../lake/values/language.ts';
import type { Language } from '../../languages/language.ts';
import { type Day, headlineOf, type KpiDay } from '../model/day.ts';
import { unknownMembers } from '../model/for-members.ts';
import type { FigureReader } from '../model/headlines.ts';
import type { FigureBlock, NoticeBlock, NoticeItem } from './blocks.ts';
import { dashboardRow } from './dashboard.ts';
import { dimensionName, memberName, memberSaid } from './names.ts';
import type { ThemedFigure } from './screens.ts';

/** With more members than this a KPI is a table of them, without pictures. */
const FEW_MEMBERS = 3;
/** Members of a table; a mail has its length. */
const MOST_ROWS = 12;

/** The figures chosen, as a day tells them: of the company's day themselves, of a day for members each one's. */
export const figuresOf = ({ kpis, of }: Day, chosen: readonly KpiDay[]): readonly KpiDay[] =>
  of === null
    ? chosen
    : chosen.flatMap(({ kpi }) =>
        kpis.filter((each) => each.kpi.id === kpi.id && each.of?.missing !== 'no dimension'),
      );

export const isMany = ({ of }: Pick<Day, 'of'>): boolean => of !== null && membersOf(of).length > FEW_MEMBERS;

/** A KPI as a table of members, largest first. */
export function memberBoards(
  day: Day,
  figures: readonly KpiDay[],
  blockOf: (of: KpiDay) => FigureBlock,
  language: Language,
): ThemedFigure[] {
  return [...new Set(figures.map(({ kpi }) => kpi))].map((kpi) => {
    const rows = largest(figures, kpi).slice(0, MOST_ROWS);
    return {
      theme: kpi.theme,
      block: {
        kind: 'dashboard' as const,
        title: wordIn(kpi.names, language),
        rows: rows.map((of) => ({
          ...dashboardRow(day, of, blockOf(of), language),
          name: of.of ? memberName(day.labels, kpi, of.of.dimension, of.of.member, language) : '',
        })),
      },
    };
  });
}

const largest = (figures: readonly KpiDay[], kpi: KpiDay['kpi']): KpiDay[] => {
  const size = (of: KpiDay): number => {
    const { current } = headlineOf(of)?.figures ?? {};
    return (kpi.ratio ? current?.denominator : current?.numerator) ?? Number.NEGATIVE_INFINITY;
  };
  return figures
    .filter((of) => of.kpi === kpi)
    .toSorted((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a)));
};

/** `Only figures and alerts of region Nord.` */
export const onlyOf = (day: Day, members: Members, language: Language): string => {
  const said = membersOf(members).map((of) => language.writing.inSentence(memberSaid(day, of, language)));
  return language.members.only(new Intl.ListFormat(language.locale, { type: 'conjunction' }).format(said));
};

/** Names that no figure knows: nothing would ever come of them, in silence. */
export function unknownNotice(company: Day, { of }: Day, language: Language): NoticeBlock[] {
  const unknown = of === null ? [] : unknownMembers(company, of);
  if (unknown.length === 0) return [];
  const what = unknown.map((each) => memberSaid(company, each, language)).join(', ');
  const { members } = language;
  return [{ kind: 'notice', title: members.unknown, items: [{ what, detail: members.unknownWhy }] }];
}

/** What somebody chose, or was made for her roles, and has nothing of her members: never replaced by a total. */
export function notShown(
  company: Day,
  { of, lists, kpis }: Day,
  { reader, figures }: { readonly reader: FigureReader; readonly figures: readonly KpiDay[] },
  language: Language,
): NoticeBlock[] {
  if (of === null) return [];
  const dimensions = Object.keys(of);
  const said = (dimension: string): string => {
    const kpi = company.kpis.find((each) => Object.hasOwn(each.kpi.dimensions, dimension))?.kpi;
    return language.writing.inSentence(kpi ? dimensionName(kpi, dimension, language) : dimension);
  };
  const without = dimensions.flatMap((dimension): NoticeItem[] => {
    const names = figures
      .filter(({ kpi }) => !Object.hasOwn(kpi.dimensions, dimension))
      .map(({ kpi }) => wordIn(kpi.names, language));
    return item(names, language.members.noDimension(said(dimension)));
  });
  const withheld = company.lists
    .filter(({ list }) => list.audience.some((role) => reader.roles.includes(role)))
    .filter(({ list }) => !lists.some((each) => each.list.id === list.id))
    .filter(({ list }) => !dimensions.some((dimension) => Object.hasOwn(list.dimensions, dimension)))
    .map(({ list }) => wordIn(list.names, language));
  const cut = isMany({ of }) ? cutOf(kpis, figures, language) : [];
  const items = [
    ...without,
    ...item(withheld, language.members.noDimension(dimensions.map(said).join(', '))),
    ...cut,
  ];
  return items.length === 0 ? [] : [{ kind: 'notice', title: language.members.notShown, items }];
}

const item = (names: readonly string[], detail: string): NoticeItem[] =>
  names.length === 0 ? [] : [{ what: names.join(', '), detail }];

/** Members beyond those of a table. */
function cutOf(kpis: readonly KpiDay[], figures: readonly KpiDay[], language: Language): NoticeItem[] {
  return figures.flatMap(({ kpi }) => {
    const known = kpis.filter((each) => each.kpi === kpi && each.of?.missing !== 'no dimension').length;
    return known > MOST_ROWS
      ? item([wordIn(kpi.names, language)], language.members.more(known - MOST_ROWS))
      : [];
  });
}
