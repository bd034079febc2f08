/** What `deno doc --json` says of a type; only what is written out here is read. */
export type TypeNode =
  | { readonly kind: "keyword" | "typeQuery"; readonly repr: string }
  | { readonly kind: "literal"; readonly repr: string; readonly value: { readonly kind: string } }
  | { readonly kind: "array" | "parenthesized" | "optional" | "rest"; readonly value: TypeNode }
  | { readonly kind: "union" | "intersection"; readonly value: readonly TypeNode[] }
  | { readonly kind: "typeLiteral"; readonly value: Members }
  | { readonly kind: "typeOperator"; readonly value: OperatorNode }
  | { readonly kind: "indexedAccess"; readonly value: AccessNode }
  | { readonly kind: "fnOrConstructor"; readonly value: { readonly params: readonly Param[] } }
  | { readonly kind: "typeRef"; readonly value: RefNode };

interface OperatorNode {
  readonly operator: string;
  readonly tsType: TypeNode;
}

interface AccessNode {
  readonly objType: TypeNode;
  readonly indexType: TypeNode;
}

interface RefNode {
  readonly typeName: string;
  readonly typeParams?: readonly TypeNode[];
}

interface Doc {
  readonly jsDoc?: { readonly doc?: string };
}

export interface Param {
  readonly name: string;
  readonly tsType: TypeNode;
}

export interface Property extends Doc {
  readonly name: string;
  readonly optional?: boolean;
  readonly tsType: TypeNode;
}

export interface Method extends Doc {
  readonly name: string;
  readonly params: readonly Param[];
}

export interface Members {
  readonly properties?: readonly Property[];
  readonly methods?: readonly Method[];
}

export interface Declaration extends Doc {
  readonly kind: string;
  readonly def: Members & {
    readonly tsType?: TypeNode;
    readonly extends?: readonly TypeNode[];
  };
}

/** By name; what a file exports and what it imports from the files given with it. */
export type Declarations = ReadonlyMap<string, Declaration>;

interface Documented {
  readonly nodes: Readonly<
    Record<
      string,
      { readonly symbols: readonly { name: string; declarations: readonly Declaration[] }[] }
    >
  >;
}

/**
 * What a file exports, and the files that it imports from.
 * @throws Error when one of them cannot be read as TypeScript
 */
export async function readDeclarations(file: URL): Promise<Declarations> {
  const files = [...await filesFrom(file, new Set())];
  const command = new Deno.Command(Deno.execPath(), { args: ["doc", "--json", ...files] });
  const { success, stdout, stderr } = await command.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const { nodes }: Documented = JSON.parse(new TextDecoder().decode(stdout));
  const declarations = new Map<string, Declaration>();
  for (const path of files) {
    for (const { name, declarations: [first] } of nodes[path]?.symbols ?? []) {
      if (!declarations.has(name)) declarations.set(name, first);
    }
  }
  return declarations;
}

/** The file and all that it imports, itself first: a name of its own goes before theirs. */
async function filesFrom(file: URL, seen: Set<string>): Promise<Set<string>> {
  if (seen.has(file.href)) return seen;
  seen.add(file.href);
  const source = await Deno.readTextFile(file);
  for (const [, path] of source.matchAll(/^(?:import|export|\}) .*from "(\.[^"]+)";$/gm)) {
    await filesFrom(new URL(path, file), seen);
  }
  return seen;
}

/** @throws Error for a name that is not declared */
export function getDeclaration(declarations: Declarations, name: string): Declaration {
  const found = declarations.get(name);
  if (found === undefined) throw new Error(`Nothing is named ${name}`);
  return found;
}

/** A docstring as one line. */
export function docOf({ jsDoc }: Doc): string {
  return (jsDoc?.doc ?? "").replaceAll(/\s+/g, " ").trim();
}
