import type { Clock } from "../../lib/clock.ts";
import { AppError } from "../../lib/errors.ts";
import { toSocketIoError } from "./errors.ts";
import type { IoNamespace, SocketIdentity } from "./types.ts";

export interface RecheckDeps {
  readonly clock: Clock;
  /** Who a proof is of by now; null when it is no longer good. */
  readonly findIdentity: (proof: SocketIdentity["proof"]) => Promise<SocketIdentity | null>;
}

/** Hangs up on those whose sign-in has ended, or who may do other things now than when they came. */
export async function recheck(
  namespaces: readonly IoNamespace[],
  { clock, findIdentity }: RecheckDeps,
): Promise<void> {
  const found = new Map<string, SocketIdentity | null>();
  for (const socket of namespaces.flatMap(({ sockets }) => [...sockets.values()])) {
    const { identity } = socket.data;
    if (identity === null) continue;
    const { proof, rooms } = identity;
    if (!found.has(proof.id)) found.set(proof.id, await findIdentity(proof));
    if (found.get(proof.id)?.rooms.join() === rooms.join()) continue;
    const error = new AppError("AUTH_FAILED", "Session has ended");
    socket.emit("error", toSocketIoError(error, clock.now()));
    socket.disconnect(true);
  }
}
