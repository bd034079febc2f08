const TOKEN_BYTES = 32;

/** 256 random bits for an address or a cookie; nobody guesses it, so a plain hash of it suffices. */
export function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
