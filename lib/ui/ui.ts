import { createFormat, type Format } from "./format.ts";
import type { Locale } from "./locale.ts";
import type { Theme } from "./preferences.ts";
import { type Words, wordsOf } from "./words.ts";

/** What a request tells every page about its reader. */
export interface UiRequest {
  readonly locale: Locale;
  /** IANA zone of the exhibition (`EXHIBITION_TZ`). */
  readonly timeZone: string;
  readonly theme: Theme;
  /** Null before sign-in. */
  readonly user: {
    readonly name: string;
    readonly operates: boolean;
    readonly studies: boolean;
    readonly administers: boolean;
  } | null;
  /** Goes as `_csrf` into each form that changes something; empty before sign-in. */
  readonly csrf: string;
  /** Path and query of this page; the switches keep it. */
  readonly path: string;
}

/** The request with the words and formats of its language. */
export interface Ui extends UiRequest {
  readonly t: Words;
  readonly format: Format;
}

/** Language and zone: all that an island needs to find its words and formats again. */
export type Place = Pick<UiRequest, "locale" | "timeZone">;

export type Speech = Pick<Ui, "locale" | "t" | "format">;

export function createUi(request: UiRequest): Ui {
  return { ...request, ...speak(request) };
}

/** Words and formats of a place. */
export function speak({ locale, timeZone }: Place): Speech {
  return { locale, t: wordsOf(locale), format: keptFormat(locale, timeZone) };
}

/** Formats made so far; the zone comes from the configuration, so there are two entries. */
const formats = new Map<string, Format>();

function keptFormat(locale: Locale, timeZone: string): Format {
  const key = `${locale} ${timeZone}`;
  const known = formats.get(key) ?? createFormat(locale, timeZone);
  formats.set(key, known);
  return known;
}
