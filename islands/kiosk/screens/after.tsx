import { useEffect, useState } from "preact/hooks";
import { useScene } from "../app_context.ts";
import { Art, Face } from "../art.tsx";
import { Press, Title } from "../pieces.tsx";

export function Rating() {
  const { store, t } = useScene();
  const [rating, rate] = useState<number | null>(null);
  const [feedback, write] = useState("");
  return (
    <main class="plain">
      <Title>{t.rating.title}</Title>
      <div class="faces">
        {t.rating.ratings.map((text, i) => (
          <button
            key={text}
            type="button"
            class="face-press"
            aria-pressed={rating === i + 1}
            onClick={() => rate(i + 1)}
          >
            <Face rating={i + 1} />
            <span>{text}</span>
          </button>
        ))}
      </div>
      <label class="feedback">
        {t.rating.feedback}
        <textarea
          class="field"
          rows={3}
          maxLength={500}
          placeholder={t.rating.placeholder}
          value={feedback}
          onInput={({ currentTarget }) => write(currentTarget.value)}
        />
      </label>
      <Press
        text={t.rating.send}
        onPress={() => store.rate(rating, feedback.trim())}
        disabled={rating === null}
      />
      <Press look="quiet" text={t.rating.skip} onPress={() => store.rate(null, "")} />
    </main>
  );
}

export function Quit() {
  const { visit, store, t } = useScene();
  if (visit.outcome === "quitted") return <Thanks />;
  return (
    <main class="plain">
      <Art name="door" />
      <Title>{t.quit.why}</Title>
      <div class="choices">
        {t.quit.reasons.map((reason) => (
          <button
            key={reason}
            type="button"
            class="choice choice--text"
            onClick={() => store.quit(reason)}
          >
            {reason}
          </button>
        ))}
      </div>
      <Press look="quiet" text={t.quit.skip} onPress={() => store.quit(null)} />
    </main>
  );
}

/** Most leave without a touch; the next visitor should not have to wait for two minutes. */
const FINISH_MS = 20_000;

export function Thanks() {
  const { visit, store, after, t } = useScene();
  useEffect(() => after(FINISH_MS, store.finish), []);
  return (
    <main class="plain plain--thanks">
      <Art name={visit.outcome === "quitted" ? "sprout" : "tree"} />
      <Title>{visit.outcome === "quitted" ? t.thanks.quitted : t.thanks.completed}</Title>
      <p class="lead">{t.thanks.lead}</p>
      <Press text={t.thanks.finish} onPress={store.finish} />
      <Press look="quiet" text={t.thanks.again} onPress={store.again} />
    </main>
  );
}
