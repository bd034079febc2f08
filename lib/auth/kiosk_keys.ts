import { isSameText } from "./same_text.ts";

/**
 * The kiosk that a key is of; null when it is nobody's. Looks at all of them: how long it takes
 * tells nothing of how near the key came.
 * @param kioskKeys kiosk ids by key
 */
export function findKiosk(kioskKeys: ReadonlyMap<string, string>, given: string): string | null {
  let found: string | null = null;
  for (const [key, kioskId] of kioskKeys) {
    if (isSameText(key, given)) found = kioskId;
  }
  return found;
}
