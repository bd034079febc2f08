import { createAudit } from "../../lib/audit/mod.ts";
import { type AuthDeps, openAuth } from "../../lib/auth/mod.ts";
import type { Letter } from "../../lib/auth/registration.ts";
import { createTokens } from "../../lib/auth/tokens.ts";
import { createIds } from "../../lib/ids.ts";
import { fakePasswords } from "./fake_passwords.ts";
import { testClock } from "./test_clock.ts";

const NOBODY = { adminUsername: null, adminPasswordHash: null };

/** The accounts on a store of their own, or on one that is given. */
export async function testAuth(
  given: Partial<Pick<AuthDeps, "kv" | "settings" | "requireVerifiedEmail">> = {},
) {
  const kv = given.kv ?? await Deno.openKv(":memory:");
  const clock = testClock();
  const passwords = fakePasswords();
  const ids = createIds({ clock });
  const secret = "a secret of the tests, long enough for HMAC: 0123456789";
  const tokens = createTokens({
    secret,
    clock,
    socketTtlSec: 600,
    loginTtlSec: 86_400,
    accessTtlSec: 900,
    refreshTtlSec: 2_592_000,
  });
  const letters: Letter[] = [];
  const deps = {
    kv,
    clock,
    ids,
    audit: createAudit({ kv, clock, ids }),
    passwords,
    tokens,
    settings: NOBODY,
    oauthClients: {},
    requireVerifiedEmail: false,
    write: (letter: Letter) => Promise.resolve(void letters.push(letter)),
    onSignIn: () => {},
    onLetterError: (error: unknown) => {
      throw error;
    },
    ...given,
  };
  const auth = await openAuth(deps);
  return { ...auth, ...deps, clock, passwords, letters, [Symbol.dispose]: () => kv.close() };
}

/** What a session is started with. */
export const CLIENT = { userAgent: "test", address: "10.0.0.1", ttlSec: 86_400 } as const;
