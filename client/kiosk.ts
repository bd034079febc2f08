/** The file at `/client/kiosk.js`; what it offers is described in `kiosk/mod.ts`. */
export { createKiosk } from "./kiosk/mod.ts";
export type * from "./kiosk/mod.ts";
