/** From one byte up to another. */
export interface ByteRange {
  readonly from: number;
  /** The first byte that is not meant any more. */
  readonly to: number;
}

/**
 * The part that a `Range` header asks for (RFC 9110, 14.2); null for all of it, also where the
 * header asks for several parts or cannot be read; "outside" where there is no such part.
 */
export function parseByteRange(
  header: string | undefined,
  size: number,
): ByteRange | "outside" | null {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === undefined || `${first}${last}` === "") return null;
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  if (first !== "" && last !== "" && Number(last) < from) return null;
  return from < to ? { from, to } : "outside";
}
