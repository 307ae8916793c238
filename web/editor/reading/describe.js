// What a thing at a place in the script is: for the box that pointing, or a key, shows. Plain data; the editor draws it.
import { typeWords } from "./boto3.js";
import { expectedOf, keysExpected } from "./expected.js";
import { children, closest, sameNode, stringContent } from "./tree.js";

/**
 * `{from, to, title, doc, rows: [{name, type, required, doc}], returns, state}`; `state` is "simulated", "not-simulated" or "".
 * Null where there is nothing to tell.
 */
export const describe = (reader, at) => {
  const node = named(reader.tree.resolveInner(at, 1)) ?? named(reader.tree.resolveInner(at, -1));
  if (!node) return null;
  const place = { from: node.from, to: node.to };
  if (node.name === "String") return ofString(reader, node, place);
  const argument = ofArgument(reader, node);
  if (argument) return { ...place, ...argument };
  const member = node.name === "PropertyName" ? memberAt(reader, node) : null;
  const value = member ? (member.method ?? member.value()) : reader.valueOf(node);
  return ofValue(reader, reader.textOf(node), value, member, place);
};

const named = (node) => (["VariableName", "PropertyName", "String"].includes(node?.name) ? node : null);

const memberAt = (reader, node) => {
  const owner = closest(node, "MemberExpression");
  return owner ? reader.memberOf(reader.valueOf(owner.firstChild), reader.textOf(node)) : null;
};

/** The name of an argument: `Bucket` of `f(Bucket=...)`. */
const ofArgument = (reader, node) => {
  if (node.name !== "VariableName" || node.parent?.name !== "ArgList") return null;
  const next = node.nextSibling;
  if (next?.name !== "AssignOp") return null;
  const callee = reader.valueOf(node.parent.parent.firstChild);
  const found = callee.params?.find(({ name }) => name === reader.textOf(node));
  return found ? ofParameter(reader, found) : null;
};

const ofParameter = (reader, { name, type, of, doc, required, off }) => ({
  title: `${name}: ${type || (of ? typeWords(reader.data, of) : "") || "…"}`,
  doc,
  rows: [],
  required: Boolean(required),
  values: of ? (reader.data.service(of.service)?.shapes[of.type]?.e ?? []) : [],
  state: off ? "not-simulated" : "",
});

const ofString = (reader, node, place) => {
  const said = stringContent(reader.text, node);
  const parent = node.parent;
  const isKey = parent?.name === "MemberExpression" && !sameNode(parent.firstChild, node);
  const fields = isKey ? reader.valueOf(parent.firstChild) : null;
  const field = fields?.kind === "fields" ? fields.fields().find(({ name }) => name === said) : null;
  if (field)
    return {
      ...place,
      title: field.type ? `${said}: ${field.type}` : said,
      doc: field.doc,
      rows: [],
      state: "",
    };
  const key = keysExpected(reader, node)?.find(({ name }) => name === said);
  if (key) return { ...place, ...ofParameter(reader, key) };
  const expected = expectedOf(reader, node);
  if (expected?.values !== "services") return null;
  const title = reader.data.boto3()?.services[said];
  if (!title) return null;
  const simulated = reader.data.simulated();
  return { ...place, title, doc: "", rows: [], state: simulated?.[said] ? "simulated" : "not-simulated" };
};

/** So many parameters stand in a signature before it says `…`. */
const PARAMETERS_SHOWN_MAX = 6;

const signature = (name, { params, returns, keywords }) => {
  const required = params.filter((one) => one.required);
  const shown =
    params.length > PARAMETERS_SHOWN_MAX && required.length > 0
      ? required
      : params.slice(0, PARAMETERS_SHOWN_MAX);
  const list = shown.map((one) => (keywords ? `${one.name}=…` : one.name)).join(", ");
  const more = shown.length < params.length ? `${list ? ", " : ""}…` : "";
  return `${name}(${list}${more})${returns ? ` → ${returns}` : ""}`;
};

const ofValue = (reader, name, value, member, place) => {
  switch (value.kind) {
    case "method": {
      const rows = value.params.filter((one) => one.required);
      const state = value.operation ? (value.off ? "not-simulated" : "simulated") : "";
      return {
        ...place,
        title: signature(name, value),
        doc: value.doc,
        rows,
        more: value.params.length - rows.length,
        state,
        operation: value.operation,
      };
    }
    case "function":
      return { ...place, title: `def ${ownSignature(value)}`, doc: "", rows: [], state: "" };
    case "builtin":
    case "library":
      return { ...place, title: `${name}${value.signature ?? ""}`, doc: value.doc, rows: [], state: "" };
    case "client": {
      const title = reader.data.boto3()?.services[value.service] ?? "";
      return {
        ...place,
        title: `${name}: ${value.words}`,
        doc: title,
        rows: [],
        state: reader.data.simulated()?.[value.service] ? "simulated" : "not-simulated",
      };
    }
    case "unknown":
      return member ? { ...place, title: name, doc: member.doc, rows: [], state: "" } : null;
    default: {
      const type = member?.type ?? value.type ?? value.words ?? value.name ?? value.kind;
      return {
        ...place,
        title: `${name}: ${value.kind === "module" ? "module" : type}`,
        doc: member?.doc ?? "",
        rows: [],
        state: "",
      };
    }
  }
};

const ownSignature = ({ definition, reader }) => {
  const list = children(definition).find(({ name }) => name === "ParamList");
  return `${reader.textOf(definition.getChild("VariableName"))}${list ? reader.textOf(list) : "()"}`;
};
