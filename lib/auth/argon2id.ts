/** Argon2id in the form that other programs read: `$argon2id$v=19$m=12288,t=3,p=1$salt$hash`. */

/** Memory in KiB. One of the choices of OWASP's cheat sheet; docs/decisions/011 says why this one. */
const CURRENT = { memory: 12_288, passes: 3, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** What a hash may cost at most: settings can name one that another program made. */
const MAX_MEMORY_KIB = 262_144;
const FORM =
  /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

interface Argon2id {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

export async function hashByArgon2id(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  return toText({ ...CURRENT, salt, hash: await derive(password, { ...CURRENT, salt }) });
}

/** @throws Error where `hash` is none, see `isArgon2id` */
export async function matchesArgon2id(password: string, text: string): Promise<boolean> {
  const known = parseArgon2id(text);
  if (known === null) throw new Error("Hash is not one of Argon2id");
  const hash = await derive(password, known);
  let difference = hash.length ^ known.hash.length;
  for (let i = 0; i < hash.length; i++) difference |= hash[i] ^ known.hash[i];
  return difference === 0;
}

export function isArgon2id(text: string): boolean {
  return parseArgon2id(text) !== null;
}

/** A hash of nothing anybody knows, which takes as long to compare as one of `hashByArgon2id`. */
export function argon2idOfNobody(): string {
  const [salt, hash] = [new Uint8Array(SALT_BYTES), new Uint8Array(HASH_BYTES)];
  return toText({ ...CURRENT, salt, hash });
}

function parseArgon2id(text: string): Argon2id | null {
  const match = FORM.exec(text);
  if (match === null) return null;
  const [memory, passes, parallelism] = match.slice(1, 4).map(Number);
  try {
    const [salt, hash] = match.slice(4).map((part) => Uint8Array.fromBase64(part));
    const isSane = memory >= 8 * parallelism && memory <= MAX_MEMORY_KIB && passes > 0 &&
      parallelism > 0 && salt.length >= 8 && hash.length === HASH_BYTES;
    return isSane ? { memory, passes, parallelism, salt, hash } : null;
  } catch {
    return null;
  }
}

function toText({ memory, passes, parallelism, salt, hash }: Argon2id): string {
  const [saltText, hashText] = [salt, hash].map((bytes) => bytes.toBase64({ omitPadding: true }));
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${saltText}$${hashText}`;
}

/** Away from the event loop: WebCrypto works in a thread of the runtime. */
async function derive(
  password: string,
  { salt, ...cost }: Omit<Argon2id, "hash">,
): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(password);
  const { subtle } = crypto;
  const key = await subtle.importKey(RAW_SECRET, bytes, "Argon2id", false, ["deriveBits"]);
  const algorithm = { name: "Argon2id", nonce: salt, ...cost };
  return new Uint8Array(await subtle.deriveBits(algorithm, key, HASH_BYTES * 8));
}

/** Of WebCrypto's "modern algorithms", which the types of Deno 2.9 do not know yet. */
const RAW_SECRET = "raw-secret" as "raw";
