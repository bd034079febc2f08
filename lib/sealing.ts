import type { z } from "zod";
import { AppError } from "./errors.ts";
import { decodeJson, encodeJson } from "./kv/json_value.ts";
import { MAX_VALUE_BYTES } from "./kv/limits.ts";
import type { Key } from "./kv/port.ts";

/**
 * Values that only who has the key can read: AES-256-GCM, bound to the place where they are stored,
 * so that one cannot be put in the place of another (P-30).
 */
export interface Sealer {
  /** @throws AppError PAYLOAD_TOO_LARGE when it would not fit the store */
  seal(key: Key, value: unknown): Promise<Uint8Array>;
  /** @throws AppError DATABASE_ERROR when no key opens it, or it is not what the schema says */
  open<T>(key: Key, sealed: unknown, schema: z.ZodType<T>): Promise<T>;
  /** True for what an older key sealed. */
  isOld(sealed: unknown): boolean;
}

/** A key, and the name by which a sealed value tells that it was used. */
interface NamedKey {
  readonly name: Uint8Array;
  readonly key: CryptoKey;
}

const NAME_BYTES = 4;
const IV_BYTES = 12;
const HEAD_BYTES = NAME_BYTES + IV_BYTES;

/** @param secrets of 32 bytes; the last one seals, all of them open */
export async function createSealer(secrets: readonly Uint8Array<ArrayBuffer>[]): Promise<Sealer> {
  const keys = await Promise.all(secrets.map(toNamedKey));
  const newest = keys.at(-1);
  if (newest === undefined) throw new Error("There is no key to seal with");
  const findKey = (sealed: Uint8Array) => keys.find(({ name }) => isNamed(sealed, name));

  return {
    async seal(key, value) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const plain = new Uint8Array(encodeJson(value));
      const box = await crypto.subtle.encrypt(algorithm(iv, key), newest.key, plain);
      const sealed = new Uint8Array(HEAD_BYTES + box.byteLength);
      if (sealed.length > MAX_VALUE_BYTES) {
        throw new AppError("PAYLOAD_TOO_LARGE", "Value is too large to store");
      }
      sealed.set(newest.name);
      sealed.set(iv, NAME_BYTES);
      sealed.set(new Uint8Array(box), HEAD_BYTES);
      return sealed;
    },
    async open(key, sealed, schema) {
      return decodeJson(key, await openBox(key, sealed), schema);
    },
    isOld: (sealed) => sealed instanceof Uint8Array && !isNamed(sealed, newest.name),
  };

  async function openBox(key: Key, sealed: unknown): Promise<Uint8Array> {
    try {
      if (!(sealed instanceof Uint8Array)) throw new TypeError("Value is not bytes");
      const used = findKey(sealed);
      if (used === undefined) throw new Error("Its key is not in the key file");
      const iv = sealed.slice(NAME_BYTES, HEAD_BYTES);
      const box = sealed.slice(HEAD_BYTES);
      return new Uint8Array(await crypto.subtle.decrypt(algorithm(iv, key), used.key, box));
    } catch (cause) {
      throw new AppError("DATABASE_ERROR", "Stored value cannot be opened", { cause });
    }
  }
}

function algorithm(iv: Uint8Array<ArrayBuffer>, key: Key): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(JSON.stringify(key)) };
}

async function toNamedKey(secret: Uint8Array<ArrayBuffer>): Promise<NamedKey> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", secret));
  return {
    name: digest.slice(0, NAME_BYTES),
    key: await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]),
  };
}

function isNamed(sealed: Uint8Array, name: Uint8Array): boolean {
  return name.every((byte, at) => sealed[at] === byte);
}
