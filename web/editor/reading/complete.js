// What can stand at the cursor. Gives plain options: `{label, kind, detail, doc, required, off, insert}`; the editor draws them.
// `insert` says how: "call" with brackets, "argument" with `=`, "text" as it is, "string" with quotes.
import { isSimulated, structure } from "./boto3.js";
import { expectedOf, keysExpected, valuesOf } from "./expected.js";
import { closest, groups, sameNode, stringRange } from "./tree.js";

const REGIONS = [
  "us-east-1",
  "us-east-2",
  "us-west-2",
  "eu-central-1",
  "eu-west-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
];
const IDENTIFIER = /[\p{L}\p{N}_]/u;
const BUCKET = ["Bucket", "BucketName", "bucket_name"];
const KEY = ["Key", "ObjectKey"];

/** The options at `at`, or null. `explicit` when the learner asked for them. */
export const complete = (reader, at, explicit) => {
  const node = reader.tree.resolveInner(at, -1);
  if (node.name === "Comment") return null;
  const string = closest(node, "String");
  if (string) return inString(reader, string, at);
  if (closest(node, "FormatString")?.name && !closest(node, "FormatReplacement")) return null;
  if (node.name === "Number") return null;
  let from = at;
  while (from > 0 && IDENTIFIER.test(reader.text[from - 1])) from -= 1;
  if (/^[0-9]/.test(reader.text.slice(from, at))) return null;
  const before = reader.text.slice(0, from).replace(/[ \t]+$/, "");
  if (before.endsWith(".")) return afterDot(reader, node, from, at);
  if (from === at && !explicit && !/[(,]$/.test(before)) return null;
  const statement = closest(node, "ImportStatement");
  if (statement) return imported(reader, statement, from, at);
  return inExpression(reader, node, { from, at, explicit, before });
};

const answer = (from, to, options) => (options.length > 0 ? { from, to, options } : null);

const kindOf = (value, binding) => {
  if (["method", "function", "builtin"].includes(value.kind) || (value.kind === "library" && value.signature))
    return "function";
  if (["class", "exception"].includes(value.kind)) return "class";
  if (["module", "file"].includes(value.kind)) return "module";
  return binding === "parameter" ? "parameter" : "variable";
};

/** What a reader of the list sees beside a name. */
const detailOf = (value, type) => {
  if (type) return type;
  if (value.kind === "python") return value.type;
  if (value.kind === "method") return value.returns ?? "";
  return value.words ?? "";
};

const memberOption = (member) => {
  const value = member.method ?? member.value();
  const called =
    value.kind === "method" ||
    value.kind === "function" ||
    (value.kind === "library" && Boolean(value.signature));
  return {
    label: member.name,
    kind:
      value.kind === "method" || value.kind === "library" ? (called ? "method" : "property") : kindOf(value),
    detail: detailOf(value, member.type),
    doc: member.doc,
    value,
    off: Boolean(value.off),
    insert: called && value.kind !== "library" ? "call" : "text",
    takes: value.kind === "method" ? value.params.length > 0 : true,
  };
};

const afterDot = (reader, node, from, at) => {
  const member = closest(node, "MemberExpression", "ImportStatement");
  if (member?.name === "ImportStatement") return imported(reader, member, from, at);
  if (!member || !member.firstChild || member.firstChild.to > from) return null;
  const members = reader.membersOf(reader.valueOf(member.firstChild));
  return answer(from, at, members.map(memberOption));
};

const imported = (reader, statement, from, at) => {
  const source = reader.text.slice(statement.from, at);
  const library = reader.data.python()?.library ?? [];
  const module = /^from\s+([\w.]+)\s+import\b/.exec(source)?.[1];
  if (module) {
    const members = reader.membersOf(reader.module(module));
    return answer(
      from,
      at,
      members.map((one) => ({ ...memberOption(one), insert: "text" })),
    );
  }
  if (/\bas\s+\w*$/.test(source)) return null;
  const parent = /([\w.]+)\.\w*$/.exec(source)?.[1];
  const all = [
    ...new Set([
      ...(reader.data.files?.() ?? []),
      "boto3",
      "botocore",
      "botocore.exceptions",
      ...library,
      ...Object.keys(reader.data.python()?.modules ?? {}),
    ]),
  ];
  const names = parent
    ? all.filter((name) => name.startsWith(`${parent}.`)).map((name) => name.slice(parent.length + 1))
    : all.filter((name) => !name.includes("."));
  return answer(
    from,
    at,
    names.map((label) => ({ label, kind: "module", detail: "", doc: "", insert: "text" })),
  );
};

/** A name, an argument, or a value that is expected here. */
const inExpression = (reader, node, { from, at, explicit, before }) => {
  const list = closest(node, "ArgList");
  const inner = closest(node, "ArgList", "DictionaryExpression", "ArrayExpression", "Body", "SetExpression");
  const call = list && sameNode(list, inner) && at > list.from ? list.parent : null;
  const begins = /[(,]$/.test(before.trimEnd());
  const options = call && begins ? argumentOptions(reader, list, from) : [];
  // Right after a bracket or a comma only what is expected is offered by itself.
  const named = from < at || explicit;
  const word = node.name === "VariableName" && node.to === at ? node : null;
  const expected = word ? expectedOf(reader, word) : valueAfterEquals(reader, node, before);
  const literals = expected ? expectedLiterals(reader, expected) : [];
  const known = named ? names(reader, node, from) : [];
  // Where nothing was typed, what the call takes and the learner's own names are enough.
  const few = options.length > 0 && from === at ? known.filter(({ near }) => near) : known;
  return answer(from, at, [...options, ...literals, ...few]);
};

/** `f(Bucket=|` has no node for what is to come. */
const valueAfterEquals = (reader, node, before) => {
  const match = /([\w]+)\s*=$/.exec(before);
  const list = closest(node, "ArgList");
  if (!match || list?.parent?.name !== "CallExpression") return null;
  const callee = reader.valueOf(list.parent.firstChild);
  return callee.params?.find(({ name }) => name === match[1]) ?? null;
};

const expectedLiterals = (reader, expected) => {
  const values = valuesOf(reader, expected).map((label) => option(label, "enum", "string"));
  if (expected.type === "bool" || expected.of?.type === ":bool")
    return ["True", "False"].map((label) => option(label, "keyword", "text"));
  return values;
};

const option = (label, kind, insert, more = {}) => ({ label, kind, detail: "", doc: "", insert, ...more });

const argumentOptions = (reader, list, from) => {
  const callee = reader.valueOf(list.parent.firstChild);
  if (callee.kind === "function" || callee.kind === "class") return ownArguments(reader, callee);
  if (callee.kind !== "method") return [];
  const others = groups(list).filter((group) => !(group[0].from <= from && group.at(-1).to >= from));
  const given = others
    .filter((group) => group[1]?.name === "AssignOp")
    .map((group) => reader.textOf(group[0]));
  const places = callee.keywords
    ? 0
    : others.filter((group) => group[1]?.name !== "AssignOp" && group[0].from < from).length;
  return callee.params
    .slice(places)
    .filter(({ name }) => !given.includes(name))
    .map(({ name, type, doc, required, off }) =>
      option(name, "parameter", "argument", { detail: type, doc, required, off: Boolean(off) }),
    );
};

/** The parameters of a function in this file. */
const ownArguments = (reader, { definition, reader: owner }) => {
  const list = definition.name === "FunctionDefinition" ? definition.getChild("ParamList") : null;
  if (!list) return [];
  const named = groups(list).filter((group) => group[0].name === "VariableName");
  return named.map((group) =>
    option(owner.textOf(group[0]), "parameter", "argument", {
      required: !group.some(({ name }) => name === "AssignOp"),
    }),
  );
};

const names = (reader, node, from) => {
  const visible = reader.scopes.visible(node).filter((one) => !one.attribute && one.from !== from);
  const own = visible.map((binding) => {
    const value = reader.bound(binding);
    const called = ["function", "class"].includes(value.kind);
    return option(binding.name, kindOf(value, binding.kind), called ? "call" : "text", {
      detail: detailOf(value),
      value,
      takes: true,
      near: true,
    });
  });
  const known = reader.data.python();
  const taken = new Set(own.map(({ label }) => label));
  const builtins = Object.entries(known?.builtins ?? {}).filter(([name]) => !taken.has(name));
  return [
    ...own,
    ...builtins.map(([label, [signature, doc]]) =>
      option(label, signature ? "function" : "variable", "text", {
        doc,
        value: { kind: "library", name: label, signature, doc },
      }),
    ),
    ...(known?.keywords ?? [])
      .filter((label) => !taken.has(label) && !known.builtins[label])
      .map((label) => option(label, "keyword", "text")),
  ];
};

const inString = (reader, node, at) => {
  const { from, to } = stringRange(reader.text, node);
  if (at < from || at > to) return null;
  const options = stringOptions(reader, node);
  return (
    options &&
    answer(
      from,
      to,
      options.map((one) => ({ ...one, insert: "text" })),
    )
  );
};

const stringOptions = (reader, node) => {
  const parent = node.parent;
  if (parent?.name === "MemberExpression" && node.from > parent.firstChild.from) {
    const value = reader.valueOf(parent.firstChild);
    return value.kind === "fields" ? value.fields().map(fieldOption) : null;
  }
  const keys = keysExpected(reader, node);
  if (keys)
    return keys.map(({ name, doc, required, of }) =>
      option(name, "property", "text", { doc, required, detail: shortType(reader, of) }),
    );
  const expected = expectedOf(reader, node);
  if (!expected) return null;
  if (expected.keysOf) return expected.keysOf.fields().map(fieldOption);
  return [
    ...namedValues(reader, expected),
    ...valuesOf(reader, expected).map((label) => option(label, "enum", "text")),
  ];
};

const shortType = (reader, of) => (structure(reader.data, of).length > 0 ? "dict" : "");
const fieldOption = ({ name, doc, type }) => option(name, "property", "text", { doc, detail: type });

/** Names that something knows: services, Regions, paginators, and by the cloud's views buckets and keys. */
const namedValues = (reader, { values, name, service, call, callee }) => {
  const { data } = reader;
  const owner = service ?? callee?.operation?.service;
  const hints = owner ? data.service(owner) : null;
  if (values === "services") return services(data);
  if (values === "regions") return REGIONS.map((label) => option(label, "enum"));
  if (values === "paginators" || values === "waiters") {
    return Object.entries(hints?.[values] ?? {}).map(([label, operation]) => {
      const real = values === "waiters" ? hints.operations[operation]?.name : operation;
      return option(label, "enum", "text", { off: !isSimulated(data, owner, real) });
    });
  }
  if (values === "operations") {
    return Object.entries(hints?.operations ?? {})
      .filter(([, one]) => one.name)
      .map(([label, one]) =>
        option(label, "method", "text", { doc: one.doc, off: !isSimulated(data, owner, one.name) }),
      );
  }
  const ofS3 = owner === "s3" || callee?.operation === undefined || callee?.operation === null;
  if ((values === "buckets" || BUCKET.includes(name)) && ofS3)
    return (data.buckets() ?? []).map((label) => option(label, "bucket"));
  if ((values === "keys" || KEY.includes(name)) && ofS3) {
    const bucket = reader.args(call).text("Bucket", -1) ?? bucketOf(reader, call);
    return bucket ? (data.keys(bucket) ?? []).map((label) => option(label, "key")) : [];
  }
  return [];
};

/** The bucket of `bucket.Object("...")`, where it was named. */
const bucketOf = (reader, call) => {
  const object =
    call.firstChild?.name === "MemberExpression" ? reader.valueOf(call.firstChild.firstChild) : null;
  return object?.bucket ?? null;
};

const services = (data) => {
  const simulated = data.simulated();
  return Object.entries(data.boto3()?.services ?? {}).map(([label, title]) =>
    option(label, "service", "text", {
      doc: title,
      detail: "",
      off: simulated !== null && simulated[label] === undefined,
    }),
  );
};
