import { useScene } from "../app_context.ts";
import { ETFS, type Option, PORTFOLIO_NAMES, RISKS, STYLES, TARGETS } from "../content.ts";
import { Frame } from "../Frame.tsx";
import { stepOf } from "../pages.ts";
import { Choice, IconPress, Press, Ring, Title } from "../pieces.tsx";
import { totalOf } from "../portfolio_actions.ts";

/** Five questions, one a screen; each is answered before the next one can be reached. */
export function Steps() {
  const { visit, store, t } = useScene();
  const step = stepOf(visit.page) ?? 1;
  const Question = QUESTIONS[step - 1];
  return (
    <Frame>
      <div class="progress" role="img" aria-label={t.steps.progress(step)}>
        {QUESTIONS.map((_, i) => (
          <span
            key={i}
            class={i < step ? "progress__part progress__part--done" : "progress__part"}
          />
        ))}
      </div>
      <Question />
      <div class="foot">
        <Press
          text={step === 5 ? t.steps.create : t.steps.next}
          onPress={store.nextStep}
          disabled={!isAnswered(step, visit.draft)}
        />
      </div>
    </Frame>
  );
}

const QUESTIONS = [Risk, Style, Weights, Name, Target];

function isAnswered(step: number, draft: ReturnType<typeof useScene>["visit"]["draft"]): boolean {
  if (step === 1) return draft.risk !== null;
  if (step === 2) return draft.style !== null;
  if (step === 3) return totalOf(draft.weights) === 100;
  return step === 5 || draft.name.trim() !== "";
}

function Risk() {
  const { visit, store, t } = useScene();
  const choose = (risk: string) => store.draw({ risk });
  return <Options title={t.steps.risk} options={RISKS} chosen={visit.draft.risk} {...{ choose }} />;
}

function Style() {
  const { visit, store, t } = useScene();
  const choose = (style: string) => store.draw({ style });
  return (
    <Options title={t.steps.style} options={STYLES} chosen={visit.draft.style} {...{ choose }} />
  );
}

function Options(
  { title, options, chosen, choose }: {
    readonly title: string;
    readonly options: readonly Option[];
    readonly chosen: string | null;
    readonly choose: (value: string) => void;
  },
) {
  const { say } = useScene();
  return (
    <>
      <Title>{title}</Title>
      <div class="choices">
        {options.map(({ value, label, hint, art }) => (
          <Choice
            key={value}
            art={art}
            title={say(label)}
            hint={say(hint)}
            isChosen={value === chosen}
            onPress={() => choose(value)}
          />
        ))}
      </div>
    </>
  );
}

const WEIGHT_STEP = 5;

function Weights() {
  const { visit: { draft }, store, t, say } = useScene();
  const total = totalOf(draft.weights);
  return (
    <>
      <Title>{t.steps.weights}</Title>
      <p class="lead">{t.steps.weightsLead}</p>
      <ul class="weights">
        {ETFS.map(({ id, name }, i) => (
          <li key={id} class={`weight weight--${i + 1}`}>
            <span class="weight__name">{say(name)}</span>
            <IconPress
              icon="minus"
              label={t.steps.less(say(name))}
              onPress={() => store.adjust(i, -WEIGHT_STEP)}
              disabled={draft.weights[i] === 0}
            />
            <output class="weight__value">{`${draft.weights[i]} %`}</output>
            <IconPress
              icon="plus"
              label={t.steps.more(say(name))}
              onPress={() => store.adjust(i, WEIGHT_STEP)}
              disabled={draft.weights[i] === 100}
            />
            <span class="weight__bar" style={{ width: `${draft.weights[i]}%` }} />
          </li>
        ))}
      </ul>
      <p class={total === 100 ? "total" : "total total--off"} role="status">
        {t.steps.total} <strong>{`${total} %`}</strong>
      </p>
    </>
  );
}

/** Longer ones fit no card. */
const MAX_NAME_CHARS = 30;

function Name() {
  const { visit: { draft, enteredAt }, store, t, say } = useScene();
  const nameBeganAt = draft.nameBeganAt ?? enteredAt;
  return (
    <>
      <Title>{t.steps.name}</Title>
      <input
        class="field"
        aria-label={t.steps.nameLabel}
        maxLength={MAX_NAME_CHARS}
        autoComplete="off"
        value={draft.name}
        onInput={({ currentTarget }) => store.draw({ name: currentTarget.value, nameBeganAt })}
      />
      <div class="chips">
        {PORTFOLIO_NAMES.map((name) => (
          <button
            key={name.en}
            type="button"
            class="chip"
            aria-pressed={draft.name === say(name)}
            onClick={() => store.draw({ name: say(name), nameBeganAt })}
          >
            {say(name)}
          </button>
        ))}
      </div>
    </>
  );
}

function Target() {
  const { visit: { draft }, store, t } = useScene();
  const move = (by: number) =>
    store.draw({ target: draft.target + by, targetMoves: draft.targetMoves + 1 });
  return (
    <>
      <Title>{t.steps.target}</Title>
      <div class="target">
        <IconPress
          icon="minus"
          label={t.steps.lower}
          onPress={() => move(-TARGETS.step)}
          disabled={draft.target === TARGETS.least}
        />
        <Dial share={draft.target / TARGETS.most} text={`${draft.target} %`} />
        <IconPress
          icon="plus"
          label={t.steps.higher}
          onPress={() => move(TARGETS.step)}
          disabled={draft.target === TARGETS.most}
        />
      </div>
    </>
  );
}

/** @param share from 0 to 1 */
function Dial({ share, text }: { readonly share: number; readonly text: string }) {
  return (
    <output class="dial">
      <Ring share={share} />
      <strong>{text}</strong>
    </output>
  );
}
