import { createNumbers } from "../numbers.ts";

const { shortDuration } = createNumbers("en");

/** Before sign-in, and where a page should have been. */
export const loginEn = {
  title: "Sign in",
  lead: "For operators of the exhibition.",
  username: "User name",
  password: "Password",
  secondFactor: "Sign in with a code",
  code: "Code",
  codeHint: "Six digits of your application, if your account asks for them",
  submit: "Sign in",
  problems: {
    credentials: "User name or password is wrong.",
    code: "Type the password again, and the code that your application shows now.",
  },
  throttled: (seconds: number) => `Too many tries. Wait ${shortDuration(seconds)}, then try again.`,
  signedOut: "You are signed out.",
};

export const setupEn = {
  title: "Create the first administrator",
  lead: "This link works once. Choose who runs the exhibition's dashboard.",
  username: "User name",
  usernameHint: "3 to 40 lowercase letters, digits, dots, dashes or underscores",
  password: "Password",
  passwordHint: "12 to 128 characters",
  again: "Password again",
  submit: "Create and sign in",
  problems: {
    username: "Choose a name of 3 to 40 lowercase letters, digits, dots, dashes or underscores.",
    tooShort: "Use at least 12 characters.",
    tooLong: "Use at most 128 characters.",
    common: "This password is among the first that are tried. Choose another.",
    mismatch: "The two passwords differ.",
  },
  deadTitle: "This link no longer works",
  dead: "It was used, or it is older than 30 minutes. Restart the server to get a new one.",
  toLogin: "Go to sign in",
};

export const errorEn = {
  titles: {
    400: "Not understood",
    401: "Please sign in",
    403: "Not allowed",
    404: "Nothing here",
    409: "Not possible as it is",
    413: "Too large",
    429: "Too many requests",
    500: "Something went wrong",
    503: "Not available right now",
  },
  hints: {
    400: "What was sent cannot be read. Go back and try again.",
    401: "Your session has ended.",
    403: "Your account may not open this page, or the form had expired.",
    404: "This page does not exist, or what it showed is gone.",
    409: "It was changed meanwhile, or done before. Load the page again.",
    413: "What you sent is larger than what is taken here.",
    429: "Wait a moment, then load the page again.",
    500: "It was logged. Quote the number below when you ask for help.",
    503: "The server is starting or busy. Load the page again soon.",
  },
  request: "Request",
  home: "Back to the overview",
  signIn: "Sign in",
  reload: "Try again",
};
