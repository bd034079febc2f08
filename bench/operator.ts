/** Who watches: set for the server by its environment. */
const USERNAME = "bench";
const PASSWORD = "a long enough secret";
/** Of the password above, as cheap as can be: signing in is not what is measured. */
const PASSWORD_HASH =
  "$argon2id$v=19$m=8,t=1,p=1$VVk76jFdvepMsAQM5R4gqA$zMiUWQuYNUsbQo5ZypTkr4JJ2YSCrXxtd1pPltOueYY";

export const OPERATOR_SETTINGS = {
  ADMIN_USERNAME: USERNAME,
  ADMIN_PASSWORD_HASH: PASSWORD_HASH,
} as const;

/** A bearer token of the operator. */
export async function signIn(
  url: string,
  ask: (request: Request) => Response | Promise<Response> = fetch,
): Promise<string> {
  const response = await ask(
    new Request(`${url}/api/admin/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: USERNAME, password: PASSWORD }),
    }),
  );
  const { data } = await response.json();
  if (response.status !== 200) throw new Error(`Sign-in failed with ${response.status}`);
  return data.token;
}
