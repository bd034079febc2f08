import { useState } from "preact/hooks";
import { useScene } from "./app_context.ts";

export interface KeypadProps {
  readonly label: string;
  readonly submit: string;
  readonly maxLength: number;
  /** What is typed is nobody else's to read. */
  readonly isSecret?: boolean;
  /** Gives what is to be told of it, if anything. */
  readonly onEnter: (typed: string) => Promise<string | null>;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Digits by touch, for devices without a keyboard; one that has a keyboard may use it. */
export function Keypad({ label, submit, maxLength, isSecret = false, onEnter }: KeypadProps) {
  const { t } = useScene();
  const [typed, type] = useState("");
  const [told, tell] = useState<string | null>(null);
  const add = (digit: string) => type((typed + digit).slice(0, maxLength));
  async function enter(event: Event): Promise<void> {
    event.preventDefault();
    tell(await onEnter(typed));
    type("");
  }
  return (
    <form class="keypad" onSubmit={enter}>
      <input
        class={isSecret ? "field keypad__typed keypad__typed--secret" : "field keypad__typed"}
        type="text"
        inputMode="none"
        autocomplete="off"
        aria-label={label}
        value={typed}
        onInput={({ currentTarget }) => type(digitsOf(currentTarget.value, maxLength))}
      />
      <div class="keypad__keys">
        {DIGITS.map((digit) => <Key key={digit} text={digit} onPress={() => add(digit)} />)}
        <Key text="⌫" label={t.staff.erase} onPress={() => type(typed.slice(0, -1))} />
        <Key text="0" onPress={() => add("0")} />
        <Key text="×" label={t.staff.clear} onPress={() => type("")} />
      </div>
      <p class="keypad__told" role="status">{told}</p>
      <button type="submit" class="press press--main" disabled={typed === ""}>{submit}</button>
    </form>
  );
}

interface KeyProps {
  readonly text: string;
  readonly label?: string;
  readonly onPress: () => void;
}

function Key({ text, label, onPress }: KeyProps) {
  return <button type="button" class="key" aria-label={label} onClick={onPress}>{text}</button>;
}

function digitsOf(text: string, maxLength: number): string {
  return text.replace(/\D/g, "").slice(0, maxLength);
}
