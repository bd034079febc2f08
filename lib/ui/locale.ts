/** The languages that the pages speak, the default first. */
export const LOCALES = ["ko", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** A text in each language, as missions and steps are named. */
export type Localized = Readonly<Record<Locale, string>>;

export function isLocale(text: unknown): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

/**
 * The language of `Accept-Language` that we speak and that the reader likes best; Korean when the
 * header names neither. Only the primary subtag counts: `ko-KR` is Korean, `en-GB` English.
 */
export function negotiateLocale(acceptLanguage: string | null): Locale {
  let best: { locale: Locale; quality: number } = { locale: LOCALES[0], quality: 0 };
  for (const range of (acceptLanguage ?? "").split(",")) {
    const [tag, ...parameters] = range.trim().toLowerCase().split(";");
    const locale = tag.trim().split("-")[0];
    const quality = qualityOf(parameters);
    if (isLocale(locale) && quality > best.quality) best = { locale, quality };
  }
  return best.locale;
}

function qualityOf(parameters: readonly string[]): number {
  const stated = parameters.map((it) => it.trim()).find((it) => it.startsWith("q="));
  if (stated === undefined) return 1;
  const quality = Number(stated.slice(2));
  return quality >= 0 && quality <= 1 ? quality : 0;
}
