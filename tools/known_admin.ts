/** The administrator of servers that tests and tools start for themselves. */
export const ADMIN = { username: "admin", password: "correct horse" } as const;
/** bcrypt, cost 4, of the password above: tests need not be slow to be true. */
export const ADMIN_PASSWORD_HASH = "$2b$04$63pFWcs/bYWp.DIfs74SZe77NuislVbyg0FpacuBlDT.16vUGUdAu";
