import { useScene } from "../app_context.ts";
import { Art } from "../art.tsx";
import { Language } from "../Frame.tsx";
import { Choice, Press, Title } from "../pieces.tsx";
import { Hills } from "../hills.tsx";

/** Until somebody comes. The whole screen is the button. */
export function Attract() {
  const { store, visitor, t } = useScene();
  // A touch that was none of a visitor's leaves the device waiting.
  const begin = () => visitor.value.kind === "active" && store.begin();
  return (
    <main class="attract">
      <button type="button" class="attract__button" onClick={begin}>
        <Hills />
        <span class="attract__text">
          <h1 class="attract__title">{t.attract.title}</h1>
          <span class="attract__lead">{t.attract.lead}</span>
          <span class="attract__start">{t.attract.start}</span>
        </span>
      </button>
      <Language />
    </main>
  );
}

export function Onboarding() {
  const { store, t } = useScene();
  return (
    <main class="plain">
      <Language />
      <Art name="basket" />
      <Title>{t.onboarding.title}</Title>
      <p class="lead">{t.onboarding.lead}</p>
      <ul class="points">
        {t.onboarding.points.map((point) => <li key={point}>{point}</li>)}
      </ul>
      <Press text={t.onboarding.next} onPress={() => store.again()} />
    </main>
  );
}

const MISSIONS = [
  { mission: "portfolio", art: "basket" },
  { mission: "vocabulary", art: "card" },
] as const;

export function Selection() {
  const { store, t } = useScene();
  return (
    <main class="plain">
      <Language />
      <Title>{t.selection.title}</Title>
      <div class="choices">
        {MISSIONS.map(({ mission, art }) => (
          <Choice
            key={mission}
            art={art}
            title={t.missions[mission].name}
            hint={t.missions[mission].time}
            onPress={() => store.choose(mission)}
          />
        ))}
      </div>
    </main>
  );
}

export function Start() {
  const { store, visit, t } = useScene();
  const mission = visit.mission ?? "portfolio";
  const { name, task, time } = t.missions[mission];
  return (
    <main class="plain">
      <Language />
      <Art name={mission === "portfolio" ? "basket" : "card"} />
      <p class="kicker">{t.start.title}</p>
      <Title>{name}</Title>
      <p class="lead">{task}</p>
      <p class="quiet">{time}</p>
      <Press text={t.start.start} onPress={store.start} />
      <Press look="quiet" text={t.start.other} onPress={store.again} />
      <p class="quiet">{t.start.privacy}</p>
    </main>
  );
}
