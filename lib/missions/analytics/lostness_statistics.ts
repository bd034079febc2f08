import { type Lostness, lostness } from "../statistics/mod.ts";
import type { DetailSums } from "./detail.ts";
import { isSmall, type Small } from "./small.ts";

/** Lostness of completed attempts whose path is known (D-10). */
export interface MissionLostness extends Small {
  readonly n: number;
  /** 0 is the perfect way. */
  readonly mean: number;
  readonly notLost: number;
  readonly unclear: number;
  readonly lost: number;
  /** Succeeded on fewer pages than the definition asks for: correct the definition. */
  readonly shorterThanRequired: number;
}

/** From counts by `required/different/total` pages; null without any. */
export function missionLostness(pages: DetailSums["pages"]): MissionLostness | null {
  const counts: Record<Lostness["label"], number> = { notLost: 0, unclear: 0, lost: 0 };
  let n = 0, sum = 0, shorterThanRequired = 0;
  for (const [key, count] of Object.entries(pages)) {
    const [required, different, total] = key.split("/").map(Number);
    const found = lostness({ required, different, total });
    if (found === null) continue;
    n += count;
    sum += found.value * count;
    counts[found.label] += count;
    if (found.shorterThanRequired) shorterThanRequired += count;
  }
  return n === 0 ? null : { n, small: isSmall(n), mean: sum / n, ...counts, shorterThanRequired };
}
