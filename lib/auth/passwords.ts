import { AppError } from "../errors.ts";
import { hashByArgon2id, isArgon2id, matchesArgon2id } from "./argon2id.ts";
import { createBcryptThread } from "./bcrypt_thread.ts";

/** Hashes of passwords, made and compared away from the event loop: it would stop every kiosk. */
export interface Passwords {
  /**
   * Compares with a hash of ours or, as older versions and `ADMIN_PASSWORD_HASH` have it, of bcrypt.
   * @throws AppError RATE_LIMIT when too many wait
   */
  matches(password: string, hash: string): Promise<boolean>;
  /**
   * By Argon2id.
   * @throws AppError RATE_LIMIT when too many wait
   */
  hash(password: string): Promise<string>;
  close(): void;
}

const MAX_WAITING = 32;
/** Each takes a core while it lasts, and kiosks want one as well. */
const MAX_AT_ONCE = 2;
/** More than anybody types; a hash of a long text costs no more than one of a short one. */
export const MAX_PASSWORD_CHARS = 128;

const BCRYPT = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;

/** Whether `text` is a hash that passwords can be compared with. */
export function isPasswordHash(text: string): boolean {
  return BCRYPT.test(text) || isArgon2id(text);
}

/** Whether a hash is not as `hash` makes them now, so that the next sign-in should replace it. */
export function isDated(hash: string): boolean {
  return BCRYPT.test(hash);
}

export function createPasswords(): Passwords {
  const turns = createTurns();
  const bcrypt = createBcryptThread();
  return {
    async matches(password, hash) {
      if (!isPasswordHash(hash)) return false;
      const compare = isDated(hash) ? bcrypt.matches : matchesArgon2id;
      return await turns.take(() => compare(password, hash));
    },
    hash: (password) => turns.take(() => hashByArgon2id(password)),
    close() {
      turns.close();
      bcrypt.close();
    },
  };
}

/** Lets so many work at once and so many wait, the first to come first. */
function createTurns() {
  const waiting: { start(): void; refuse(error: Error): void }[] = [];
  let working = 0;
  let isClosed = false;

  async function wait(): Promise<void> {
    if (waiting.length + working >= MAX_WAITING) {
      throw new AppError("RATE_LIMIT", "Too many sign-ins at once, try again", {
        details: { retryAfterMs: 5_000 },
      });
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    waiting.push({ start: resolve, refuse: reject });
    startNext();
    await promise;
  }

  function startNext(): void {
    if (working === MAX_AT_ONCE) return;
    const next = waiting.shift();
    if (next === undefined) return;
    working++;
    next.start();
  }

  return {
    async take<T>(work: () => Promise<T>): Promise<T> {
      await wait();
      try {
        // Closed between the leave to begin and the beginning.
        if (isClosed) throw closing();
        return await work();
      } finally {
        working--;
        startNext();
      }
    },
    close() {
      isClosed = true;
      for (const { refuse } of waiting.splice(0)) refuse(closing());
    },
  };
}

function closing(): Error {
  return new Error("Server shuts down");
}
