import Bowser from "bowser";

/** What a program says it runs on. */
export type UserAgentDevice = "mobile" | "tablet" | "web" | "unknown";

/** Longer ones are made up; each is matched with a hundred patterns. */
const MAX_CHARS = 512;

/** Kind of device of a `User-Agent` header; `unknown` for bots, televisions and programs. */
export function deviceOf(userAgent: string | undefined): UserAgentDevice {
  if (userAgent === undefined || userAgent === "" || userAgent.length > MAX_CHARS) return "unknown";
  const platform = Bowser.getParser(userAgent).getPlatformType(true);
  if (platform === "mobile" || platform === "tablet") return platform;
  return platform === "desktop" ? "web" : "unknown";
}
