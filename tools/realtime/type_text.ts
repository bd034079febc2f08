import type { TypeNode } from "./declarations.ts";

/** A type as it is written in TypeScript, on one line and without `readonly`, which JSON has not. */
export function typeText(node: TypeNode): string {
  switch (node.kind) {
    case "keyword":
      return node.repr;
    case "typeQuery":
      return `typeof ${node.repr}`;
    case "literal":
      return node.value.kind === "string" ? JSON.stringify(node.repr) : node.repr;
    case "array":
      return `${inBrackets(node.value)}[]`;
    case "parenthesized":
      return `(${typeText(node.value)})`;
    case "union":
      return node.value.map(typeText).join(" | ");
    case "intersection":
      return node.value.map(typeText).join(" & ");
    case "typeLiteral": {
      const { properties = [] } = node.value;
      const fields = properties.map(({ name, optional, tsType }) =>
        `${name}${optional ? "?" : ""}: ${typeText(tsType)}`
      );
      return `{ ${fields.join("; ")} }`;
    }
    case "typeOperator": {
      const { operator, tsType } = node.value;
      return operator === "readonly" ? typeText(tsType) : `${operator} ${typeText(tsType)}`;
    }
    case "indexedAccess":
      return `${typeText(node.value.objType)}[${typeText(node.value.indexType)}]`;
    case "typeRef": {
      const { typeName, typeParams = [] } = node.value;
      if (typeName === "Readonly" || typeName === "ReadonlyArray") {
        const [inner] = typeParams.map(typeText);
        return typeName === "Readonly" ? inner : `${inner}[]`;
      }
      return typeParams.length === 0
        ? typeName
        : `${typeName}<${typeParams.map(typeText).join(", ")}>`;
    }
    default:
      throw new Error(`Types of kind ${node.kind} are not written yet`);
  }
}

function inBrackets(node: TypeNode): string {
  return node.kind === "union" || node.kind === "intersection"
    ? `(${typeText(node)})`
    : typeText(node);
}

/** Names that a type refers to, at any depth. */
export function namesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (typeof node !== "object" || node === null) return [];
  const own = "typeName" in node && typeof node.typeName === "string" ? [node.typeName] : [];
  return [...own, ...Object.values(node).flatMap(namesIn)];
}
