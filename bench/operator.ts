/** Who watches: set for the server by its environment. */
const USERNAME = "bench";
const PASSWORD = "a long enough secret";
/** bcrypt, cost 4, of the password above: signing in is not what is measured. */
const PASSWORD_HASH = "$2b$04$Q2RYsjE9oQnHBgvbqT08Rempw6QKS5muZfXS25z7U73tMvFNGIGwO";

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
