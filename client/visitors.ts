/** The file at `/client/visitors.js`: the screens of a device that many visitors share. */
export { showVisitors, VISITOR_TEXTS } from "./kiosk/visitors_screen.ts";
export { type FollowOptions, followVisitors } from "./kiosk/following.ts";
export { createVisitors } from "./kiosk/visitors.ts";
export type * from "./kiosk/visitors_screen.ts";
export type * from "./kiosk/visitors.ts";
export type { Touch } from "./kiosk/touches.ts";
