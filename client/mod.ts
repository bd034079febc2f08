import { type ApiOptions, createApi } from "./api.ts";
import { createServices } from "./services.ts";
import { createSocketService } from "./socket.ts";

export { type Api, type ApiOptions, DocentError } from "./api.ts";
export { type EventName, EVENTS } from "./events.ts";
export { createHooks, type HookPrimitives } from "./hooks.ts";
export type { Services } from "./services.ts";
export type * from "./shapes.ts";
export type { SocketService } from "./socket.ts";

export type Client = ReturnType<typeof createClient>;

/** Everything that an application needs of the server, under the names of document 3 (L-30). */
export function createClient(options: ApiOptions) {
  return { ...createServices(createApi(options)), ...createSocketService(options) };
}
