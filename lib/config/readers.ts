/** Reads settings one by one and gathers what is wrong with them; values are never repeated. */
export interface Reader {
  text(name: string, fallback: string): string;
  optional(name: string): string | null;
  integer<F extends number | null>(
    name: string,
    fallback: F,
    range: { min: number; max: number },
  ): number | F;
  /** Seconds: a number, or one with s, m, h or d behind it. */
  seconds<F extends number | null>(name: string, fallback: F): number | F;
  flag(name: string, fallback: boolean): boolean;
  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T;
  /** What stands between commas, each once. */
  list(name: string): string[];
  fault(name: string, expected: string): void;
  readonly faults: readonly string[];
}

const SECONDS_BY_UNIT: Record<string, number> = { "": 1, s: 1, m: 60, h: 3_600, d: 86_400 };

export function createReader(env: Readonly<Record<string, string | undefined>>): Reader {
  const faults: string[] = [];

  function optional(name: string): string | null {
    // A comment behind the value is not part of it (trap T-M04).
    const value = env[name]?.replace(/\s+#.*$/, "").trim();
    return value === undefined || value === "" ? null : value;
  }

  function fault(name: string, expected: string): void {
    faults.push(`${name} must be ${expected}`);
  }

  function parsed<T, F>(
    name: string,
    fallback: F,
    expected: string,
    parse: (value: string) => T | null,
  ): T | F {
    const value = optional(name);
    if (value === null) return fallback;
    const result = parse(value);
    if (result === null) fault(name, expected);
    return result ?? fallback;
  }

  return {
    faults,
    fault,
    optional,
    text: (name, fallback) => optional(name) ?? fallback,
    integer(name, fallback, { min, max }) {
      const expected = `a whole number from ${min} to ${max}`;
      return parsed(name, fallback, expected, (value) => {
        const number = Number(value);
        return /^\d+$/.test(value) && number >= min && number <= max ? number : null;
      });
    },
    seconds(name, fallback) {
      return parsed(name, fallback, "seconds, or a time such as 10m or 24h", (value) => {
        const match = /^(\d{1,9})([smhd]?)$/.exec(value);
        const seconds = match === null ? 0 : Number(match[1]) * SECONDS_BY_UNIT[match[2]];
        return seconds > 0 ? seconds : null;
      });
    },
    flag(name, fallback) {
      return parsed(name, fallback, "true or false", (value) => {
        if (/^(true|1|yes|on)$/i.test(value)) return true;
        return /^(false|0|no|off)$/i.test(value) ? false : null;
      });
    },
    choice(name, choices, fallback) {
      const expected = `one of ${choices.join(", ")}`;
      return parsed(
        name,
        fallback,
        expected,
        (value) => choices.find((it) => it === value) ?? null,
      );
    },
    list(name) {
      const values = optional(name)?.split(",") ?? [];
      return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ""))];
    },
  };
}
