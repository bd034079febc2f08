import { Secret, TOTP } from "otpauth";

/** A second factor: codes of six digits, a new one every half minute (RFC 6238, T-P18). */
export interface TotpState {
  /** Base32. */
  readonly secret: string;
  /** Null until the first code showed that the application has the secret. */
  readonly confirmedAt: number | null;
  /** Step of the last code that was taken; none up to it is taken again. */
  readonly lastStep: number;
  /** See `recovery_codes.ts`. */
  readonly recoveryHashes: readonly string[];
}

const PERIOD_SEC = 30;
/** Clocks of telephones are a little off: the step before and the one after are good too. */
const WINDOW = 1;

export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an application reads from a picture. */
export function totpUri(secret: string, username: string): string {
  return totpOf(secret, username).toString();
}

/** The step of a code, to be kept with the state; null for a wrong one, and for a repeat. */
export function takeTotp(
  { secret, lastStep }: Pick<TotpState, "secret" | "lastStep">,
  code: string,
  now: number,
): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW });
  if (delta === null) return null;
  const step = Math.floor(now / 1000 / PERIOD_SEC) + delta;
  return step > lastStep ? step : null;
}

function totpOf(secret: string, label = ""): TOTP {
  return new TOTP({
    issuer: "Docent",
    label,
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SEC,
    secret: Secret.fromBase32(secret),
  });
}
