/** The file at `/client/export.js`: a kiosk's queue as a signed file, where there is no network. */
export { exportQueue } from "./kiosk/export.ts";
export type { ExportOptions, QueueFile } from "./kiosk/export.ts";
