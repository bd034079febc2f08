import assert from "node:assert/strict";
import fc from "fast-check";
import { concatJson, createFactEncoder } from "../../../lib/log/encode.ts";

const text = (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

Deno.test("createFactEncoder() gives each fact bytes of its own, whatever came before and behind", () => {
  const lengths = fc.oneof(fc.nat(100), fc.nat(70_000));
  const words = fc.array(fc.tuple(lengths, fc.constantFrom("a", "é", "단", "👩‍🔬")), {
    maxLength: 60,
  });
  fc.assert(fc.property(words, (words) => {
    const encode = createFactEncoder();
    const facts = words.map(([length, word]) => ({ type: word.repeat(length / word.length) }));
    const encoded = facts.map(encode);
    facts.forEach((fact, i) => assert.equal(text(encoded[i]), JSON.stringify(fact)));
  }));
});

Deno.test("concatJson() puts texts and bytes one behind the other", () => {
  const word = new TextEncoder().encode('"단어"');
  assert.equal(text(concatJson([])), "");
  assert.equal(text(concatJson(["[", word, ",", word, "]"])), '["단어","단어"]');
});
