import { ACTIVITY_TYPES, type ActivityType } from "../activity_types.ts";
import type { Reader } from "./readers.ts";

export interface PeopleSettings {
  /** Kinds of activities whose titles everybody who is signed in may hear (T-L03). */
  readonly publicActivities: readonly ActivityType[];
}

export function parsePeople(read: Reader): PeopleSettings {
  const listed = read.list("PUBLIC_ACTIVITIES");
  const publicActivities = ACTIVITY_TYPES.filter((type) => listed.includes(type));
  if (publicActivities.length < listed.length) {
    read.fault("PUBLIC_ACTIVITIES", `a list of ${ACTIVITY_TYPES.join(", ")}`);
  }
  return { publicActivities };
}
