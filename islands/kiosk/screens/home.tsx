import { useScene } from "../app_context.ts";
import { Art } from "../art.tsx";
import { ETFS } from "../content.ts";
import { EtfChoices } from "../EtfChoices.tsx";
import { Frame } from "../Frame.tsx";
import { PAGES } from "../pages.ts";
import { Choice, Press, Title } from "../pieces.tsx";

export function Home() {
  const { store, t, say } = useScene();
  return (
    <Frame>
      <Title>{t.home.title}</Title>
      <p class="lead">{t.home.lead}</p>
      <section class="panel">
        <h2 class="panel__title">{t.home.market}</h2>
        <ul class="rows">
          {ETFS.map(({ id, name, swing }) => (
            <li key={id} class="row">
              <span>{say(name)}</span>
              <Spark seed={swing} />
            </li>
          ))}
        </ul>
        <Press look="plain" text={t.home.explore} onPress={() => store.go(PAGES.etfs)} />
      </section>
      <section class="panel panel--picture">
        <Art name="basket" />
        <p>{t.home.news}</p>
      </section>
    </Frame>
  );
}

/** A line that goes up and down as far as the number says; made up, like the ETFs. */
function Spark({ seed }: { readonly seed: number }) {
  const points = Array.from(
    { length: 12 },
    (_, i) => `${i * 8},${20 - i - (seed / 3) * Math.sin(i * (1 + seed / 20))}`,
  );
  return (
    <svg class="spark" viewBox="0 0 88 32" aria-hidden="true">
      <polyline points={points.join(" ")} />
    </svg>
  );
}

export function Portfolio() {
  const { store, t } = useScene();
  return (
    <Frame>
      <Title>{t.portfolio.title}</Title>
      <p class="lead">{t.portfolio.empty}</p>
      <div class="choices">
        <Choice
          art="bricks"
          title={t.portfolio.create}
          hint={t.portfolio.createHint}
          onPress={() => {
            store.pressed(t.portfolio.create, "primary");
            store.createPortfolio();
          }}
        />
        <Choice
          art="card"
          title={t.portfolio.words}
          hint={t.portfolio.wordsHint}
          onPress={() => {
            store.pressed(t.portfolio.words, "grey");
            store.go(PAGES.vocabulary);
          }}
        />
      </div>
    </Frame>
  );
}

export function EtfList() {
  const { t } = useScene();
  return (
    <Frame>
      <Title>{t.etf.title}</Title>
      <EtfChoices items={ETFS} />
    </Frame>
  );
}
