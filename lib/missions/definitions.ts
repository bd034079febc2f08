import { z } from "zod";
import portfolio from "./definitions/portfolio.v1.json" with { type: "json" };
import vocabulary from "./definitions/vocabulary.v1.json" with { type: "json" };

/**
 * A rule on one event: its type, and values that its data must have. `page` compares the page that
 * the event names (`data.url`, or `data.page`) without query, exactly or by a `*` per segment.
 */
const matchSchema = z.strictObject({
  event: z.string(),
  where: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  page: z.string().optional(),
});

const stepSchema = z.strictObject({
  step: z.number().int().min(1),
  name: z.string(),
  title: z.strictObject({ ko: z.string(), en: z.string() }),
  /** Where the step takes place; leaving it for the next step's page completes it. */
  page: z.string(),
  /** The event that says the step is done. */
  done: matchSchema,
});

const pathSchema = z.strictObject({
  path: z.string(),
  title: z.strictObject({ ko: z.string(), en: z.string() }),
  /** Any of these tells the path; the first of every path is tried before the second (T-M23). */
  anyOf: z.array(matchSchema),
  /** Fewest pages to success on this path, the start page counted (lostness, D-10). */
  fewestPages: z.number().int().min(1),
  expectedSeconds: z.tuple([z.number(), z.number()]),
});

/** A mission held as data: a third one needs a file here and no code. */
export const missionDefinitionSchema = z.strictObject({
  missionType: z.string().regex(/^[a-z][a-z0-9_-]{0,19}$/),
  version: z.number().int().min(1),
  name: z.strictObject({ ko: z.string().max(100), en: z.string().max(100) }),
  expectedSeconds: z.tuple([z.number(), z.number()]),
  steps: z.array(stepSchema),
  paths: z.array(pathSchema),
  /** The visitor has done the task at the first event that matches any (trap T-M10). */
  success: z.array(matchSchema).min(1),
  /** Events that belong to the mission itself (requirement M-33, trap T-M25). */
  relevantEvents: z.array(z.string()),
  /** Waits that the mission forces on the visitor, ended by an event; not active time. */
  compulsoryWaits: z.array(z.strictObject({ until: z.string(), seconds: z.number() })),
  /** A gap between two events counts as active up to here. */
  idleAfterSec: z.number().positive(),
  /** Without any event for this long, the attempt expires. */
  idleExpireSec: z.number().positive(),
  /** Quit reasons by which an application says that nobody was there any more. */
  idleQuitReasons: z.array(z.string()),
});

export type MissionDefinition = z.infer<typeof missionDefinitionSchema>;
export type EventMatch = z.infer<typeof matchSchema>;

/** The defined missions, looked up by type in any letter case. */
export interface Missions {
  /** Newest version first where there are several. */
  readonly all: readonly MissionDefinition[];
  /** Each type once, in the order of the definitions. */
  readonly types: readonly string[];
  /** The newest definition of a type; null when there is none. */
  find(missionType: string): MissionDefinition | null;
  /**
   * The definition that an attempt was started under; the newest when that one is gone, and one
   * without steps, paths and success when the mission is: its attempts can still be read.
   */
  version(missionType: string, version: number): MissionDefinition;
}

export const SHIPPED_MISSIONS: readonly MissionDefinition[] = [portfolio, vocabulary].map(
  (definition) => missionDefinitionSchema.parse(definition),
);

export function createMissions(definitions: readonly MissionDefinition[]): Missions {
  const all = [...definitions].sort((a, b) => b.version - a.version);
  const find = (missionType: string) =>
    all.find((definition) => definition.missionType === missionType.toLowerCase()) ?? null;
  return {
    all,
    types: [...new Set(definitions.map(({ missionType }) => missionType))],
    find,
    version(missionType, version) {
      const exact = all.find((it) => it.missionType === missionType && it.version === version);
      return exact ?? find(missionType) ?? bareMission(missionType);
    },
  };
}

function bareMission(missionType: string): MissionDefinition {
  return {
    missionType,
    version: 1,
    name: { ko: missionType, en: missionType },
    expectedSeconds: [0, 0],
    steps: [],
    paths: [],
    success: [],
    relevantEvents: [],
    compulsoryWaits: [],
    idleAfterSec: 30,
    idleExpireSec: 900,
    idleQuitReasons: [],
  };
}
