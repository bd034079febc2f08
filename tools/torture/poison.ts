/** `data` of an event that storage could not keep or that would come out as something else. */
export const POISON_DATA = {
  "depth over 32": `{"a":${"[".repeat(32)}${"]".repeat(32)}}`,
  "NUL": '{"a":"\\u0000"}',
  "a lone surrogate": '{"a":"\\ud800"}',
  "1e400": '{"a":1e400}',
  "an integer over 2^53": '{"a":9007199254740993}',
  // In brackets, or it would be a prototype here as well.
  ["__proto__"]: '{"__proto__":{"a":1}}',
} as const;

/** `data` that looks like trouble and is none: it must come out as it went in. */
export const STRANGE_DATA: readonly Readonly<Record<string, unknown>>[] = [
  { text: "x".repeat(40_000) },
  { deep: JSON.parse(`${"[".repeat(30)}${"]".repeat(30)}`) },
  { constructor: "c", toString: "t", "": "empty", "a.b": { $gt: "" } },
  { formula: '=cmd|"/c calc"!A1', markup: "<script>alert(1)</script>", sql: "'; DROP TABLE--" },
  { numbers: [0, 5e-324, -9007199254740991, 0.1, 1e15] },
  { text: "한글 \u{1f469}‍\u{1f467} e\u0301 \u202e \ufeff\u2028" },
  Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`key ${i}`, null])),
];

/** Messages that are no event, as a client may send them by mistake or on purpose. */
export const NO_EVENTS: readonly string[] = [
  "",
  "hello",
  "null",
  "[]",
  '{"eventType":"page_view',
  '{"type":"reboot"}',
  `{"eventType":${"[".repeat(10_000)}`,
];

/** An event with these words as its `data`, whatever they are. */
export function eventWithData(data: string, timestamp = "2025-01-19T10:30:00.000Z"): string {
  return `{"eventType":"page_view","timestamp":"${timestamp}","data":${data}}`;
}
