/** Looks through what does not change a value: `x!`, `x as T`, `x satisfies T`, `x?.y`. */
export function unwrap(node: Deno.lint.Node): Deno.lint.Node {
  switch (node.type) {
    case "ChainExpression":
    case "TSNonNullExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return unwrap(node.expression);
    default:
      return node;
  }
}

/** `a.b` and `a["b"]` as "a.b"; null when a part of it is computed or is no plain name. */
export function dottedName(wrapped: Deno.lint.Node): string | null {
  const node = unwrap(wrapped);
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression") return null;
  const object = dottedName(node.object);
  const property = propertyName(node);
  return object === null || property === null ? null : `${object}.${property}`;
}

/** The last word of `a.b`, `a["b"]` or `a.#b`; null when it is computed. */
export function propertyName(node: Deno.lint.MemberExpression): string | null {
  const { property } = node;
  if (property.type === "Literal") return String(property.value);
  if (property.type === "PrivateIdentifier") return property.name.replace(/^#/, "");
  return property.type === "Identifier" && !node.computed ? property.name : null;
}

/**
 * The name of what a method is called on: "kv" in `deps.kv.get()`, "atomic" in
 * `kv.atomic().check(…).set()`. Calls in between are looked through, for a chain of staged writes
 * answers to the name of its start.
 */
export function receiverName(wrapped: Deno.lint.Node): string | null {
  const node = unwrap(wrapped);
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return propertyName(node);
  if (node.type !== "CallExpression") return null;
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression") return null;
  const method = propertyName(callee);
  return method === "atomic" ? method : receiverName(callee.object);
}
