import { type Browser, openBrowser } from "./browser.ts";
import { fakePasswords } from "./fake_passwords.ts";
import { type TestApp, testApp, type TestAppOptions } from "./test_app.ts";
import { type TestClock, testClock } from "./test_clock.ts";

/** Somebody at the pages under `/app`. */
export interface Visitor extends Browser {
  readonly email: string;
  readonly userId: string;
  /** A page as text, in English. */
  read(path: string): Promise<string>;
  /** Sends a form as a page of ours would: with the session's token. */
  submit(path: string, fields?: Record<string, string>): Promise<Response>;
}

export interface PeopleApp {
  readonly app: TestApp;
  readonly clock: TestClock;
  /** Makes an account by the form, and signs in by the form; of that nothing stands in the feed. */
  signUp(name: string): Promise<Visitor>;
  [Symbol.asyncDispose](): Promise<void>;
}

export const PASSWORD = "correct horse";
const ENGLISH = { "accept-language": "en" };

/** The whole program, with passwords that cost nothing. */
export async function peopleApp(options: TestAppOptions = {}): Promise<PeopleApp> {
  const clock = testClock();
  const parts = { ...options.parts, clock, passwords: fakePasswords() };
  const app = await testApp({ ...options, parts });
  return {
    app,
    clock,
    async signUp(name) {
      const email = `${name.toLowerCase()}@example.org`;
      const browser = openBrowser(app);
      await browser.send("/app/register", { name, email, password: PASSWORD });
      const { status } = await browser.send("/app/login", { email, password: PASSWORD });
      const account = await app.docent.auth.accounts.findByEmail(email);
      if (status !== 303 || account === null) throw new Error(`Sign-in gave ${status}`);
      await app.docent.reports.settled();
      await app.docent.people.forget(account.userId);
      return {
        ...browser,
        email,
        userId: account.userId,
        read: async (path) => await (await browser.open(path, ENGLISH)).text(),
        async submit(path, fields = {}) {
          const _csrf = await browser.csrfToken("/app/feed");
          return await browser.send(path, { _csrf, ...fields }, ENGLISH);
        },
      };
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}
