import type { Key } from "../kv/port.ts";

/** Every key of the kiosks. */
export const kioskKeys = {
  kiosks: ["kiosks", "kiosks"] satisfies Key,
  kiosk: (kioskId: string): Key => ["kiosks", "kiosks", kioskId],
  conditions: ["kiosks", "conditions"] satisfies Key,
  /** Of kiosks that the settings name, too. */
  condition: (kioskId: string): Key => ["kiosks", "conditions", kioskId],
};
