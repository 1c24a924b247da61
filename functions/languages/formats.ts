/**
 * Formats of Intl by locale and options, each made once: to make one takes a hundred times what a figure takes, and a
 * report writes thousands of figures and dates.
 */
export const numberFormat = keptBy(
  (locale: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);

export const dateFormat = keptBy(
  (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

export const pluralRules = keptBy(
  (locale: string, options: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options),
);

function keptBy<Options extends object, Format>(
  make: (locale: string, options: Options) => Format,
): (locale: string, options: Options) => Format {
  const kept = new Map<string, Format>();
  return (locale, options) => {
    const key = locale + JSON.stringify(options);
    const known = kept.get(key) ?? make(locale, options);
    kept.set(key, known);
    return known;
  };
}
