import { z } from "zod";
import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { noMission } from "./context.ts";
import type { Missions } from "./definitions.ts";
import { missionKeys } from "./keys.ts";
import { parsePeriod } from "../period.ts";
import { timestampSchema } from "../timestamp.ts";

/** Read together at each list; a season has some tens. */
const MAX_ANNOTATIONS = 1_000;

/** Body of `POST /api/admin/annotations`. */
export const annotationInputSchema = z.object({
  at: timestampSchema,
  text: z.string().trim().min(1).max(500),
  /** None for all missions. */
  missionType: z.string().max(20).nullish(),
});
export type AnnotationInput = z.infer<typeof annotationInputSchema>;

const annotationSchema = z.object({
  annotationId: z.string(),
  /** Where it stands on the time line. */
  at: z.number(),
  text: z.string(),
  missionType: z.string().nullable(),
  by: z.string(),
  createdAt: z.number(),
});
/** What somebody noted about a moment: a school class, a broken kiosk, a new build. */
export type Annotation = z.infer<typeof annotationSchema>;

export interface AnnotationQuery {
  /** Those of this mission and of all; every one without it. */
  readonly missionType?: string;
  readonly startDate?: string;
  readonly endDate?: string;
}

export interface AnnotationsDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly missions: Missions;
  readonly timeZone: string;
}

export function createAnnotations({ kv, clock, ids, missions, timeZone }: AnnotationsDeps) {
  async function readAll(): Promise<Annotation[]> {
    const annotations: Annotation[] = [];
    for await (const { key, value } of kv.list({ prefix: missionKeys.annotations })) {
      annotations.push(decodeJson(key, value, annotationSchema));
    }
    return annotations.sort((a, b) => a.at - b.at || (a.annotationId < b.annotationId ? -1 : 1));
  }

  function typeOf(missionType: string): string {
    const definition = missions.find(missionType);
    if (definition === null) throw noMission(missions.types);
    return definition.missionType;
  }

  /** @throws AppError VALIDATION_ERROR for an unknown mission; CONFLICT when there are 1000 */
  async function annotate(input: AnnotationInput, by: string): Promise<Annotation> {
    const { at, text, missionType } = input;
    if ((await readAll()).length >= MAX_ANNOTATIONS) {
      throw new AppError("CONFLICT", "There are too many annotations, delete some first", {
        details: { expected: `at most ${MAX_ANNOTATIONS}` },
      });
    }
    const annotation: Annotation = {
      annotationId: ids.annotation(),
      at,
      text,
      missionType: missionType == null ? null : typeOf(missionType),
      by,
      createdAt: clock.now(),
    };
    await kv.set(missionKeys.annotation(annotation.annotationId), encodeJson(annotation));
    return annotation;
  }

  /** In the order of the time line; all of them without a period. */
  async function listAnnotations(query: AnnotationQuery): Promise<Annotation[]> {
    const options = { now: clock.now(), timeZone, defaultDays: null };
    const { from, to } = parsePeriod(query.startDate, query.endDate, options);
    const wanted = query.missionType === undefined || query.missionType === "all"
      ? null
      : typeOf(query.missionType);
    return (await readAll()).filter(({ at, missionType }) =>
      at >= from && at < to && (wanted === null || missionType === null || missionType === wanted)
    );
  }

  /** @throws AppError NOT_FOUND */
  async function removeAnnotation(annotationId: string): Promise<void> {
    const key = missionKeys.annotation(annotationId);
    const { versionstamp } = await kv.get(key);
    if (versionstamp === null) throw new AppError("NOT_FOUND", "Annotation is not known");
    await kv.delete(key);
  }

  return { annotate, listAnnotations, removeAnnotation };
}
