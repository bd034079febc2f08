import type { EventFacts } from "./view.ts";

type FactFields = Partial<Record<keyof EventFacts, readonly string[]>>;

/** Which fields of `data` say a fact, the first that is there counts. */
const FACT_FIELDS: Partial<Record<string, FactFields>> = {
  page_view: { page: ["url", "page"] },
  portfolio_creation_step: { step: ["step"], seconds: ["timeOnStep"] },
  portfolio_created: { count: ["etfCount"] },
  vocabulary_card_clicked: { title: ["cardTitle"] },
  vocabulary_detail_viewed: { title: ["cardTitle"] },
  vocabulary_countdown_tick: { count: ["countdown"] },
  vocabulary_countdown_complete: { title: ["cardTitle"] },
  mission_complete_modal_shown: { seconds: ["timeFromMissionStart"] },
  mission_rating_submitted: { rating: ["rating"] },
  mission_completed: { seconds: ["totalDuration"] },
  mission_quitted: { step: ["quitAtStep"], seconds: ["timeBeforeQuit"] },
  button_clicked: { title: ["buttonText"] },
  navigation_clicked: { page: ["to"] },
  input_interaction: { title: ["inputId"], action: ["action"] },
  card_clicked: { title: ["cardTitle"] },
  modal_interaction: { title: ["modalType"], action: ["action"] },
  search_performed: { count: ["resultCount"] },
  bookmark_toggled: { title: ["itemType"], action: ["action"] },
};

const MAX_FACT_CHARS = 60;
/** Controls, and the marks that turn the direction of the text around them. */
// deno-lint-ignore no-control-regex
const UNSHOWABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What is known of an event where its facts are taken. */
export interface EventData {
  readonly eventType: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The path that the attempt is on, as a number; null when none is known yet. */
  readonly path?: number | null;
}

/** The facts of an event's data: checked, shortened, free text of visitors left out. */
export function eventFacts({ eventType, data, path }: EventData): EventFacts {
  const fields = Object.hasOwn(FACT_FIELDS, eventType) ? FACT_FIELDS[eventType] ?? {} : {};
  const first = (key: keyof EventFacts) =>
    fields[key]?.map((name) => data[name]).find((it) => it !== undefined && it !== null);
  const facts = {
    step: toCount(first("step")),
    path: path ?? undefined,
    seconds: toAmount(first("seconds")),
    title: toText(first("title")),
    page: toText(first("page"))?.split(/[?#]/, 1)[0],
    count: toCount(first("count")),
    rating: toCount(first("rating")),
    action: toText(first("action")),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function toAmount(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && number >= 0 && number < 1e9 ? number : undefined;
}

function toCount(value: unknown): number | undefined {
  const number = toAmount(value);
  return Number.isInteger(number) ? number : undefined;
}

function toText(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.replace(UNSHOWABLE, "").trim();
  if (text === "") return undefined;
  return text.length > MAX_FACT_CHARS ? `${text.slice(0, MAX_FACT_CHARS - 1)}…` : text;
}
