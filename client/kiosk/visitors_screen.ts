/// <reference lib="dom" />
import { followVisitors } from "./following.ts";
import type { VisitorOptions, Visitors, VisitorState } from "./visitors.ts";

/** What is written on the screens. */
export interface VisitorTexts {
  readonly attract: string;
  readonly warning: string;
  /** With `{seconds}` in it. */
  readonly countdown: string;
  readonly stay: string;
  readonly pin: string;
  readonly open: string;
  readonly wrong: string;
  readonly locked: string;
}

/** Korean first, as the exhibition's visitors; English below it. */
export const VISITOR_TEXTS: VisitorTexts = {
  attract: "화면을 터치하세요 · Touch to start",
  warning: "계속하시겠어요? · Are you still there?",
  countdown: "{seconds}초 후 처음 화면으로 돌아갑니다 · Back to the start in {seconds} s",
  stay: "계속하기 · Continue",
  pin: "관리자 PIN · Staff PIN",
  open: "열기 · Open",
  wrong: "PIN이 맞지 않습니다 · Wrong PIN",
  locked: "잠시 후 다시 시도하세요 · Too many tries, wait a little",
};

export interface VisitorScreenOptions extends Omit<VisitorOptions, "onState" | "page"> {
  readonly texts?: Partial<VisitorTexts>;
  /** The path of the page without it. */
  readonly page?: () => string;
  /** Told after the screens have changed: `attract` is when the application goes to its first page. */
  readonly onState?: (state: VisitorState) => void;
}

const STYLE = `
:host { all: initial; font: 1.5rem/1.4 system-ui, sans-serif; }
section { position: fixed; inset: 0; z-index: 2147483647; display: grid; place-content: center;
  justify-items: center; gap: 1rem; padding: 2rem; text-align: center; color: #fff;
  background: rgb(12 18 32 / 92%); }
section[hidden] { display: none; }
button, input { font: inherit; min-height: 4rem; padding: 0 2rem; border: 0; border-radius: 1rem; }
button { color: #0c1220; background: #fff; }
p { margin: 0; } strong { font-size: 2.5rem; }
`;

/** Puts the screens over the page; the application goes on below. `close` takes them away. */
export function showVisitors(options: VisitorScreenOptions): Visitors {
  const texts = { ...VISITOR_TEXTS, ...options.texts };
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  // An element would need an exception in the content policy of the page.
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  root.adoptedStyleSheets = [style];
  const attract = section("attract", texts.attract);
  const warning = section("warning", texts.warning);
  const countdown = add(warning, "p", "");
  const stay = add(warning, "button", texts.stay);
  warning.setAttribute("role", "alertdialog");
  root.append(attract, warning);

  function show(state: VisitorState): void {
    attract.hidden = state.kind !== "attract";
    warning.hidden = state.kind !== "warning";
    if (state.kind !== "warning") return;
    countdown.textContent = texts.countdown.replaceAll("{seconds}", String(state.secondsLeft));
    if (root.activeElement !== stay) stay.focus();
  }

  const visitors = followVisitors({
    ...options,
    page: options.page ?? (() => location.pathname),
    onCorner: () => askForPin?.(),
    onState(state) {
      // After the click that belongs to the touch: it must not fall through to the page below.
      setTimeout(() => {
        show(state);
        options.onState?.(state);
      });
    },
  });

  const askForPin = options.pin === undefined ? null : addPinScreen({ root, texts, visitors });
  show(visitors.state());
  document.body.append(host);
  return {
    ...visitors,
    close() {
      visitors.close();
      host.remove();
    },
  };
}

interface PinParts {
  readonly root: ShadowRoot;
  readonly texts: VisitorTexts;
  readonly visitors: Visitors;
}

/** Gives what shows it. */
function addPinScreen({ root, texts, visitors }: PinParts): () => void {
  const screen = section("pin", texts.pin);
  const form = add(screen, "form", "");
  const input = add(form, "input", "");
  Object.assign(input, { type: "password", inputMode: "numeric", autocomplete: "off" });
  input.setAttribute("aria-label", texts.pin);
  add(form, "button", texts.open);
  const told = add(screen, "p", "");
  told.setAttribute("role", "status");
  screen.hidden = true;
  root.append(screen);
  // Who leaves the pin alone goes on.
  screen.addEventListener("click", ({ target }) => screen.hidden = target === screen);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await visitors.enterPin(input.value);
    input.value = "";
    screen.hidden = answer === "opened";
    told.textContent = answer === "opened" ? "" : texts[answer];
  });
  return () => {
    screen.hidden = false;
    input.focus();
  };
}

function section(name: string, text: string): HTMLElement {
  const made = document.createElement("section");
  made.id = name;
  add(made, "strong", text);
  return made;
}

function add<Name extends keyof HTMLElementTagNameMap>(
  parent: HTMLElement,
  name: Name,
  text: string,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  parent.append(made);
  return made;
}
