import { useState } from "preact/hooks";
import { Icon } from "../../../lib/ui/Icon.tsx";
import { useScene } from "../app_context.ts";
import { Art } from "../art.tsx";
import { CARDS, type Etf, ETFS, FIGURES, type WordCard } from "../content.ts";
import { EtfChoices } from "../EtfChoices.tsx";
import { Frame } from "../Frame.tsx";
import { etfOf } from "../pages.ts";
import { Title } from "../pieces.tsx";

/** The official way to a word card. */
export function Vocabulary() {
  const { visit, store, t, say } = useScene();
  return (
    <Frame>
      <Title>{t.vocabulary.title}</Title>
      <div class="cards">
        {CARDS.map((card) => (
          <button
            key={card.id}
            type="button"
            class="word"
            onClick={() => store.openCard(card, "vocabulary_card")}
          >
            <Art name="card" />
            <strong>{say(card.title)}</strong>
            {visit.read.includes(card.id) && <span class="word__read">{t.vocabulary.read}</span>}
          </button>
        ))}
      </div>
    </Frame>
  );
}

/** The shortest way. */
export function Search() {
  const { store, t, say } = useScene();
  const [query, ask] = useState("");
  const has = (text: string) => text.toLowerCase().includes(query.trim().toLowerCase());
  const words = CARDS.filter(({ title, text }) => has(say(title)) || has(say(text)));
  const etfs = ETFS.filter(({ name, about }) => has(say(name)) || has(say(about)));
  const tell = () => store.searched(query.trim(), words.length + etfs.length);
  return (
    <Frame>
      <Title>{t.search.title}</Title>
      <label class="search">
        <Icon name="search" />
        <input
          class="field"
          type="search"
          enterKeyHint="search"
          aria-label={t.search.label}
          placeholder={t.search.label}
          autoComplete="off"
          maxLength={40}
          value={query}
          onInput={({ currentTarget }) => ask(currentTarget.value)}
          onChange={tell}
        />
      </label>
      {words.length + etfs.length === 0 && <p class="lead" role="status">{t.search.none}</p>}
      <Results
        title={t.search.results}
        items={words}
        open={(card) => store.openCard(card, "search_result")}
      />
      <EtfResults items={etfs} />
    </Frame>
  );
}

function Results(
  { title, items, open }: {
    readonly title: string;
    readonly items: readonly WordCard[];
    readonly open: (card: WordCard) => void;
  },
) {
  const { say } = useScene();
  if (items.length === 0) return null;
  return (
    <section class="results">
      <h2 class="panel__title">{title}</h2>
      <div class="chips">
        {items.map((card) => (
          <button
            key={card.id}
            type="button"
            class="chip"
            onClick={() => open(card)}
          >
            {say(card.title)}
          </button>
        ))}
      </div>
    </section>
  );
}

function EtfResults({ items }: { readonly items: readonly Etf[] }) {
  const { t } = useScene();
  if (items.length === 0) return null;
  return (
    <section class="results">
      <h2 class="panel__title">{t.search.etfs}</h2>
      <EtfChoices items={items} />
    </section>
  );
}

/** The way for who wonders what a figure means. */
export function EtfDetail() {
  const { visit, store, t, say } = useScene();
  const id = etfOf(visit.page);
  const etf = ETFS.find((it) => it.id === id) ?? ETFS[0];
  return (
    <Frame>
      <Art name="coins" />
      <Title>{say(etf.name)}</Title>
      <p class="lead">{say(etf.about)}</p>
      <section class="panel">
        <h2 class="panel__title">{t.etf.figures}</h2>
        <ul class="rows">
          {FIGURES.map(({ card: cardId, of }) => {
            const card = CARDS.find((it) => it.id === cardId) ?? CARDS[0];
            return (
              <li key={cardId} class="row">
                <span>{say(card.title)}</span>
                <strong>{`${of(etf)} %`}</strong>
                <button
                  type="button"
                  class="icon-press icon-press--plain"
                  aria-label={t.etf.explain(say(card.title))}
                  onClick={() => store.openCard(card, "etf_detail")}
                >
                  <Icon name="info" />
                </button>
              </li>
            );
          })}
        </ul>
      </section>
    </Frame>
  );
}
