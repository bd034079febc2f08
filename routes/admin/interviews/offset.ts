/** What an address cannot name is the first page. */
export function offsetOf(text = "0"): number {
  return /^\d{1,5}$/.test(text) ? Number(text) : 0;
}
