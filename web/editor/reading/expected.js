// What is expected at a place inside a call: the parameter, and inside its dictionaries and lists the member of the model.
import { enumValues, listElement, structure } from "./boto3.js";
import { groups, sameNode, stringContent } from "./tree.js";

/** The parameter of a call that a direct argument stands for: `{name, of, values, ...}` or null. */
const parameter = (reader, node) => {
  const argument = reader.argumentOf(node);
  if (!argument?.isValue || argument.callee.kind !== "method") return null;
  const { params = [], keywords } = argument.callee;
  if (argument.name) return { ...argument, param: params.find(({ name }) => name === argument.name) ?? null };
  // Operations take keyword arguments alone.
  return { ...argument, param: keywords ? null : (params[argument.at] ?? null) };
};

/**
 * What is expected of the expression `node`: `{of, values, service, call}`; `of` is the model's type. Null when nothing is known.
 */
export const expectedOf = (reader, node) => {
  const parent = node.parent;
  if (!parent) return null;
  if (parent.name === "ArgList") {
    const found = parameter(reader, node);
    if (!found) return null;
    if (found.callee.fields) return { keysOf: found.callee.fields, call: found.call };
    return found.param && { ...found.param, call: found.call, callee: found.callee };
  }
  if (parent.name === "ArrayExpression") {
    const list = expectedOf(reader, parent);
    const of = listElement(reader.data, list?.of);
    return of && { of, call: list.call, callee: list.callee };
  }
  if (parent.name === "DictionaryExpression") {
    const group = groups(parent).find((parts) => parts.some((part) => sameNode(part, node)));
    if (!group || sameNode(group[0], node) || group[0].name !== "String") return null;
    const whole = expectedOf(reader, parent);
    const key = stringContent(reader.text, group[0]);
    const member = whole?.of && structure(reader.data, whole.of).find(({ name }) => name === key);
    return member ? { ...member, call: whole.call, callee: whole.callee } : null;
  }
  return parent.name === "ParenthesizedExpression" ? expectedOf(reader, parent) : null;
};

/** The members that a dictionary may have, when `node` stands where a key does; and those that it has already. */
export const keysExpected = (reader, node) => {
  const dictionary = node.parent;
  if (dictionary?.name !== "DictionaryExpression" && dictionary?.name !== "SetExpression") return null;
  const all = groups(dictionary);
  const group = all.find((parts) => parts.some((part) => sameNode(part, node)));
  if (!group || !sameNode(group[0], node)) return null;
  const whole = expectedOf(reader, dictionary);
  if (!whole?.of) return null;
  const given = all.filter((parts) => parts !== group && parts[0].name === "String");
  const names = given.map(([key]) => stringContent(reader.text, key));
  return structure(reader.data, whole.of).filter(({ name }) => !names.includes(name));
};

export const valuesOf = (reader, expected) => enumValues(reader.data, expected?.of);
