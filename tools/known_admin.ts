/** The administrator of servers that tests and tools start for themselves. */
export const ADMIN = { username: "admin", password: "correct horse" } as const;
/** Of the password above, as cheap as can be: tests need not be slow to be true. */
export const ADMIN_PASSWORD_HASH =
  "$argon2id$v=19$m=8,t=1,p=1$ViIrBFL2joMSStJyHMxa/w$i8arOPJI+FdM5DguLv11mVrd6koixX94CIkYVAceol4";
