/** Limits of the store that the design keeps to (protocol E-5). */
export const MAX_VALUE_BYTES = 65_536;
/** Records are packed into values up to here; the rest is room for the envelope. */
export const MAX_PACKED_BYTES = 60 * 1024;
export const MAX_KEYS_PER_READ = 10;
/** Of 1000 allowed: room for the cursor and the checks of the caller. */
export const MAX_MUTATIONS = 960;
/** Of 81 920 bytes that the keys of what is set may take together: room as above. */
export const MAX_COMMIT_KEY_BYTES = 78 * 1024;
/** Of 819 200 bytes allowed, keys included. */
export const MAX_COMMIT_BYTES = 700 * 1024;
