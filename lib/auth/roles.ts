/** What an account is for. `kiosk` and `user` see nothing of the staff's. */
export const ROLES = ["user", "kiosk", "viewer", "operator", "researcher", "admin"] as const;
export type Role = (typeof ROLES)[number];

/**
 * What staff may do: `read` what is recorded, `operate` kiosks, `study` (export, exclude, annotate),
 * `administer` accounts, keys, imports and the questions of interviews.
 */
export type Permission = "read" | "operate" | "study" | "administer";

const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  user: [],
  kiosk: [],
  viewer: ["read"],
  operator: ["read", "operate"],
  researcher: ["read", "study"],
  admin: ["read", "operate", "study", "administer"],
};

export function permits(role: Role, permission: Permission): boolean {
  return PERMISSIONS[role].includes(permission);
}
