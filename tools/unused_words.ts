/** Groups of words, as deep as they go; a sentence with parameters is a function. */
export interface WordTree {
  readonly [name: string]: unknown;
}

/** A group of words under a short name: `const words = t.group;`. */
const SHORT_NAME = /\bconst (\w+) = (?:\w+\.)*(t(?:\.\w+)+);/g;

/**
 * Words that no source says, as `group.name`. A word is looked for as it is written out:
 * `t.group.name`, or `t.group[…]` for any of a group; so pages write it that way, or with a short
 * name for the group.
 */
export function findUnusedWords(words: WordTree, sources: readonly string[]): string[] {
  const said = new Set<string>();
  for (const source of sources.map(writeOut)) {
    for (const [, path, bracket] of source.matchAll(/\bt((?:\.\w+)+)(\[)?/g)) {
      said.add(`${path.slice(1)}${bracket ?? ""}`);
    }
  }
  return pathsOf(words).filter((path) => !isSaid(path, said));
}

/** The source with each short name as what it stands for, up to where it stands for another. */
function writeOut(source: string): string {
  const names = [...source.matchAll(SHORT_NAME)];
  const parts = names.map(({ 0: declaration, 1: name, 2: group, index }) => {
    const next = names.find((other) => other[1] === name && other.index > index);
    const scope = source.slice(index + declaration.length, next?.index);
    return scope.replaceAll(new RegExp(`(?<![.\\w])${name}(?=[.[])`, "g"), group);
  });
  return [source, ...parts].join("\n");
}

/** By itself, or as one of a group at any level above it. */
function isSaid(path: string, said: ReadonlySet<string>): boolean {
  if (said.has(path)) return true;
  const names = path.split(".");
  return names.some((_, depth) => said.has(`${names.slice(0, depth).join(".")}[`));
}

function pathsOf(words: WordTree, under = ""): string[] {
  return Object.entries(words).flatMap(([name, word]) => {
    const path = `${under}${name}`;
    return typeof word === "object" && word !== null ? pathsOf({ ...word }, `${path}.`) : [path];
  });
}
