import assert from "node:assert/strict";
import { sha256 } from "../../lib/digest.ts";

Deno.test("sha256() gives the digest in hexadecimal", () => {
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assert.equal(sha256(""), empty);
  assert.equal(sha256("abc"), abc);
});
