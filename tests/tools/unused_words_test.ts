import { deepEqual, ok } from "node:assert/strict";
import { wordsOf } from "../../lib/ui/words.ts";
import { listFiles, readFile } from "../../tools/files.ts";
import { findUnusedWords } from "../../tools/unused_words.ts";

const WORDS = {
  title: "",
  menu: { open: "", close: () => "" },
  errors: { titles: { 404: "", 500: "" }, hint: "" },
  kinds: { a: { name: "" }, b: { name: "" } },
};

Deno.test("findUnusedWords() finds words by their whole path", () => {
  deepEqual(findUnusedWords(WORDS, []), [
    "title",
    "menu.open",
    "menu.close",
    "errors.titles.404",
    "errors.titles.500",
    "errors.hint",
    "kinds.a.name",
    "kinds.b.name",
  ]);
  const sources = ["ui.t.title + t.menu.close(3)", "t.errors.titles[status]", "...t.kinds[kind]"];
  deepEqual(findUnusedWords(WORDS, sources), ["menu.open", "errors.hint"]);
  deepEqual(findUnusedWords({ menu: { open: "" } }, ["t.menu.opened", "start.menu.open"]), [
    "menu.open",
  ]);
});

Deno.test("findUnusedWords() knows a group by its short name, until that stands for another", () => {
  const source = `
    const words = ui.t.menu;
    words.open + other.words.close;
    const words = t.errors;
    words.titles[status] + words.close;
  `;
  deepEqual(findUnusedWords(WORDS, [source]), [
    "title",
    "menu.close",
    "errors.hint",
    "kinds.a.name",
    "kinds.b.name",
  ]);
});

Deno.test("[M-46] every word of the pages is said somewhere", async () => {
  const files = await listFiles();
  const isPage = (file: string) =>
    /^(routes|islands|lib)\/.*\.tsx?$/.test(file) && !file.startsWith("lib/ui/words/");
  const sources = await Promise.all(files.filter(isPage).map(readFile));
  // Sentences go by the type of an event, which is known when it comes.
  const { sentences: _sentences, ...words } = wordsOf("en");
  const unused = findUnusedWords(words, sources);
  ok(unused.length === 0, ["Words that nobody says:", ...unused].join("\n"));
});
