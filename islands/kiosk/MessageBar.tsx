import { useEffect } from "preact/hooks";
import { useScene } from "./app_context.ts";
import { IconPress } from "./pieces.tsx";

/** A word of staff to whoever stands here, until it was read or nobody was there to read it. */
const SHOWN_MS = 60_000;

export function MessageBar() {
  const { staff: { message, closeMessage }, after, t } = useScene();
  const text = message.value;
  useEffect(() => text === null ? undefined : after(SHOWN_MS, closeMessage), [text]);
  if (text === null) return null;
  return (
    <div class="notice-bar" role="alert">
      <p>{text}</p>
      <IconPress icon="cross" label={t.message.close} onPress={closeMessage} />
    </div>
  );
}
