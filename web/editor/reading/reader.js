// Reads a script as far as simple reading goes: what a name stands for, what an expression gives. It runs nothing and guesses
// nothing: what cannot be told is unknown.
//
// `data` answers from what has been fetched: `service(name)`, `boto3()`, `simulated()`, `python()`, `file(name)` ({text, tree} of
// another file of the learner's); each gives null (and is fetched) when it is not there yet.
import { boto3Members, boto3Module, clientError, python, UNKNOWN } from "./boto3.js";
import { Scopes } from "./scopes.js";
import { children, closest, groups, sameNode, stringContent, textOf } from "./tree.js";

const DEPTH_MAX = 24;
const CALLS_LOOKED_AT_MAX = 20;

/** What the methods of Python's own types give, where it helps to go on. */
const GIVES = {
  "bytes.decode": "str",
  "str.encode": "bytes",
  "str.format": "str",
  "str.join": "str",
  "str.lower": "str",
  "str.replace": "str",
  "str.strip": "str",
  "str.upper": "str",
  "datetime.isoformat": "str",
  "datetime.strftime": "str",
  "datetime.date": "date",
  "datetime.now": "datetime",
  "json.dumps": "str",
  "builtins.str": "str",
  "builtins.int": "int",
  "builtins.float": "float",
  "builtins.len": "int",
  "builtins.dict": "dict",
  "builtins.set": "set",
  "builtins.input": "str",
  "builtins.repr": "str",
  "builtins.bytes": "bytes",
  "pathlib.Path": "Path",
  "datetime.timedelta": "timedelta",
};
const CLASSES = { "datetime.datetime": "datetime", "datetime.date": "date" };
/** Builtins that give back what they are given, in an order of their own. */
const PASSING = ["sorted", "reversed", "list", "tuple", "iter"];
const ERRORS = ["botocore.exceptions", "boto3.exceptions"];

/** The arguments of a call, by name or by place. */
class Arguments {
  #reader;
  #list;

  constructor(reader, list) {
    this.#reader = reader;
    this.#list = list ? groups(list) : [];
  }

  node(name, at) {
    for (const group of this.#list) {
      if (group[1]?.name === "AssignOp" && this.#reader.textOf(group[0]) === name) return group[2] ?? null;
    }
    const positional = this.#list[at];
    return positional && positional[1]?.name !== "AssignOp" && !positional[0].name.startsWith("*")
      ? positional[0]
      : null;
  }

  value(name, at) {
    const node = this.node(name, at);
    return node ? this.#reader.valueOf(node) : UNKNOWN;
  }

  /** What a string argument says, also by way of a variable. */
  text(name, at) {
    return this.value(name, at).text ?? null;
  }
}

export class Reader {
  constructor({ text, tree, data }) {
    this.text = text;
    this.tree = tree;
    this.data = data;
    this.scopes = new Scopes(text, tree);
    this.depth = 0;
    this.busy = new Set();
  }

  textOf(node) {
    return textOf(this.text, node);
  }

  args(call) {
    return new Arguments(this, call?.getChild("ArgList") ?? null);
  }

  /** What an expression gives. */
  valueOf(node) {
    if (!node || this.depth > DEPTH_MAX) return UNKNOWN;
    const key = `${node.name}:${node.from}:${node.to}`;
    // `x = x.y` would ask for itself.
    if (this.busy.has(key)) return UNKNOWN;
    this.busy.add(key);
    this.depth += 1;
    try {
      return this.#evaluate(node) ?? UNKNOWN;
    } finally {
      this.depth -= 1;
      this.busy.delete(key);
    }
  }

  #evaluate(node) {
    switch (node.name) {
      case "VariableName":
        return this.#name(node);
      case "String": {
        const bytes = /^[a-z]*b/i.test(this.textOf(node));
        return bytes ? python("bytes") : python("str", { text: stringContent(this.text, node) });
      }
      case "FormatString":
      case "ContinuedString":
        return python("str");
      case "Number":
        return python(/[.eEjJ]/.test(this.textOf(node)) ? "float" : "int");
      case "Boolean":
        return python("bool");
      case "None":
        return python("None");
      case "ParenthesizedExpression":
        return this.valueOf(children(node).find(({ name }) => !"()".includes(name)));
      case "NamedExpression":
      case "AwaitExpression":
        return this.valueOf(node.lastChild);
      case "ArrayExpression":
        return { kind: "list", element: () => this.valueOf(groups(node)[0]?.[0]), words: "list" };
      case "SetExpression":
        return python("set");
      case "TupleExpression":
        return {
          kind: "tuple",
          items: groups(node).map((group) => () => this.valueOf(group[0])),
          words: "tuple",
        };
      case "DictionaryExpression":
        return this.#dictionary(node);
      case "ArrayComprehensionExpression":
      case "ComprehensionExpression":
        return {
          kind: "list",
          element: () => this.valueOf(children(node).find(({ name }) => !"([".includes(name))),
          words: "list",
        };
      case "ConditionalExpression":
      case "BinaryExpression":
        return this.#either(node);
      case "MemberExpression":
        return this.#member(node);
      case "CallExpression":
        return this.call(this.valueOf(node.firstChild), node);
      default:
        return UNKNOWN;
    }
  }

  #either(node) {
    for (const child of [node.firstChild, node.lastChild]) {
      const value = this.valueOf(child);
      if (value !== UNKNOWN) return value.text === undefined ? value : python("str");
    }
    return UNKNOWN;
  }

  #dictionary(node) {
    const fields = groups(node)
      .filter((group) => group[0].name === "String" && group[1]?.name === ":")
      .map(([key, , value]) => {
        const one = () => this.valueOf(value);
        return { name: stringContent(this.text, key), doc: "", type: "", value: one };
      });
    return { kind: "fields", words: "dict", fields: () => fields };
  }

  #member(node) {
    const object = this.valueOf(node.firstChild);
    const property = node.getChild("PropertyName");
    if (property) return this.memberOf(object, this.textOf(property))?.value() ?? UNKNOWN;
    if (children(node)[1]?.name !== "[") return UNKNOWN;
    const inside = children(node).slice(2, -1);
    // A slice gives the same kind of thing.
    if (inside.some(({ name }) => name === ":")) return object;
    return this.item(object, this.valueOf(inside[0]));
  }

  /** `object[key]` */
  item(object, key) {
    if (object.kind === "fields")
      return (
        object
          .fields()
          .find(({ name }) => name === key.text)
          ?.value() ?? UNKNOWN
      );
    if (object.kind === "tuple") return object.items[0]?.() ?? UNKNOWN;
    return object.element?.() ?? UNKNOWN;
  }

  /** What a loop over a value meets. */
  elementOf(value) {
    if (value.kind === "tuple") return value.items[0]?.() ?? UNKNOWN;
    if (value.kind === "fields") return python("str");
    return value.element?.() ?? UNKNOWN;
  }

  call(callee, node) {
    if (callee.kind === "method") return callee.gives(this.args(node)) ?? UNKNOWN;
    if (callee.kind === "function") return this.#returned(callee);
    if (callee.kind === "class")
      return { kind: "instance", of: callee.definition, reader: callee.reader, words: callee.name };
    if (callee.kind === "builtin" && PASSING.includes(callee.name)) return this.args(node).value("", 0);
    if (callee.kind === "builtin" && callee.name === "enumerate") {
      const inner = () => this.elementOf(this.args(node).value("", 0));
      return {
        kind: "list",
        element: () => ({ kind: "tuple", items: [() => python("int"), inner], words: "tuple" }),
        words: "list",
      };
    }
    if (callee.kind === "exception") return clientError();
    const gives = GIVES[callee.path];
    return gives ? python(gives) : UNKNOWN;
  }

  /** What a function of the learner's returns: the first of its returns that can be told. */
  #returned({ definition, reader }) {
    const found = [];
    const visit = (node) => {
      if (node.name === "ReturnStatement") found.push(node);
      for (const child of children(node)) if (!/Definition$|^Lambda/.test(child.name)) visit(child);
    };
    const body = definition.getChild("Body");
    if (!body) return UNKNOWN;
    visit(body);
    for (const statement of found) {
      const parts = groups(statement)
        .map((group) => group.filter(({ name }) => name !== "return")[0])
        .filter(Boolean);
      if (parts.length > 1)
        return { kind: "tuple", items: parts.map((part) => () => reader.valueOf(part)), words: "tuple" };
      const value = reader.valueOf(parts[0]);
      if (value !== UNKNOWN) return value;
    }
    return UNKNOWN;
  }

  #name(node) {
    const name = this.textOf(node);
    const binding = this.scopes.find(name, node);
    if (binding) return this.bound(binding);
    const known = this.data.python()?.builtins[name];
    return known
      ? { kind: "builtin", name, path: `builtins.${name}`, signature: known[0], doc: known[1] }
      : UNKNOWN;
  }

  /** What a binding binds. */
  bound(binding) {
    switch (binding.kind) {
      case "value":
        return binding.tuple
          ? { kind: "tuple", items: binding.tuple.map((node) => () => this.valueOf(node)), words: "tuple" }
          : this.#unpacked(this.valueOf(binding.expression), binding.path);
      case "element":
        return this.#unpacked(this.elementOf(this.valueOf(binding.expression)), binding.path);
      case "entered":
        return this.valueOf(binding.expression);
      case "caught":
        return this.#caught(binding.expression);
      case "module":
        return this.module(binding.module);
      case "member":
        return this.memberOf(this.module(binding.module), binding.member)?.value() ?? UNKNOWN;
      case "function":
      case "class":
        return {
          kind: binding.kind,
          name: binding.name,
          definition: binding.definition,
          reader: this,
          words: binding.kind,
        };
      case "parameter":
        return this.#parameter(binding);
      default:
        return UNKNOWN;
    }
  }

  #unpacked(value, path = []) {
    for (const at of path) {
      value = value.kind === "tuple" ? (value.items[at]?.() ?? UNKNOWN) : this.elementOf(value);
    }
    return value;
  }

  /** `except E as error`: every error of an AWS call has what ClientError has. */
  #caught(expression) {
    const all =
      expression?.name === "TupleExpression" ? groups(expression).map(([one]) => one) : [expression];
    const isAws = all.some((one) => this.valueOf(one).kind === "exception");
    return isAws ? clientError() : UNKNOWN;
  }

  /** A parameter is what the calls in this file give it, or its default. */
  #parameter({ name, definition, index, initial, stars }) {
    if (stars === "*") return python("tuple");
    if (stars === "**") return python("dict");
    const owner = closest(definition.parent, "ClassDefinition", "FunctionDefinition");
    const method = owner?.name === "ClassDefinition";
    if (method && index === 0) return { kind: "instance", of: owner, reader: this, words: "self" };
    const called = definition.getChild("VariableName");
    const names = called ? [this.textOf(called)] : [];
    if (method && names[0] === "__init__") names.push(this.textOf(owner.getChild("VariableName") ?? owner));
    for (const call of names
      .flatMap((one) => this.scopes.calls.get(one) ?? [])
      .slice(0, CALLS_LOOKED_AT_MAX)) {
      const value = this.args(call).value(name, method ? index - 1 : index);
      if (value !== UNKNOWN) return value.text === undefined ? value : python("str");
    }
    return initial ? this.valueOf(initial) : UNKNOWN;
  }

  module(name) {
    if (name === "boto3" || name === "boto3.session" || ERRORS.includes(name) || name === "botocore")
      return { kind: "module", name };
    const file = this.data.file?.(name);
    if (file)
      return { kind: "file", name, reader: new Reader({ ...file, data: this.data }), words: "module" };
    return { kind: "module", name };
  }

  memberOf(value, name) {
    return this.membersOf(value).find((member) => member.name === name) ?? null;
  }

  /** Everything that can stand after a value's dot: `[{name, doc, value()}]`. */
  membersOf(value) {
    const fromBoto3 = boto3Members(this.data, value);
    if (fromBoto3 !== null) return fromBoto3;
    switch (value.kind) {
      case "module":
        return this.#moduleMembers(value.name);
      case "file":
        return value.reader.exported();
      case "instance":
        return this.#instance(value);
      case "python":
        return this.#typeMembers(value.type);
      case "list":
        return this.#typeMembers("list");
      case "tuple":
        return this.#typeMembers("tuple");
      case "dict":
      case "fields":
        return this.#dictMembers(value);
      case "builtin":
      case "library":
        return CLASSES[value.path] ? this.#typeMembers(CLASSES[value.path]) : this.#typeMembers(value.name);
      default:
        return [];
    }
  }

  #moduleMembers(name) {
    if (name === "boto3") return boto3Module(this.data);
    if (name === "boto3.session") return boto3Module(this.data).filter((member) => member.name === "Session");
    if (name === "botocore")
      return [
        { name: "exceptions", doc: "", value: () => ({ kind: "module", name: "botocore.exceptions" }) },
      ];
    if (ERRORS.includes(name)) {
      const names = [
        "ClientError",
        "BotoCoreError",
        "NoCredentialsError",
        "ParamValidationError",
        "WaiterError",
      ];
      return names.map((one) => ({
        name: one,
        doc: "",
        value: () => ({ kind: "exception", name: one, words: one }),
      }));
    }
    const modules = this.data.python()?.modules ?? {};
    const own = library(modules[name] ?? {}, name);
    const below = Object.keys(modules).filter((one) => one.startsWith(`${name}.`));
    return [
      ...own,
      ...below.map((one) => ({
        name: one.slice(name.length + 1),
        doc: "",
        value: () => ({ kind: "module", name: one }),
      })),
    ];
  }

  #typeMembers(type) {
    return library(this.data.python()?.types[type] ?? {}, type);
  }

  /** A dictionary whose keys are known gives by `get` what they hold. */
  #dictMembers(value) {
    return this.#typeMembers("dict").map((member) => {
      if (member.name === "get" || member.name === "pop") {
        return this.#given(
          member,
          (args) => this.item(value, args.value("", 0)),
          value.kind === "fields" ? value : null,
        );
      }
      if (member.name === "values")
        return this.#given(member, () => ({ kind: "list", element: value.element, words: "" }));
      return member;
    });
  }

  #given(member, gives, fields = null) {
    const method = { ...member.value(), kind: "method", params: [], gives, fields };
    return { ...member, value: () => method };
  }

  /** What a file binds at its own level. */
  exported() {
    return this.scopes
      .own(this.tree.topNode)
      .map((binding) => ({ name: binding.name, doc: "", value: () => this.bound(binding) }));
  }

  #instance({ of, reader }) {
    const own = reader.scopes
      .own(of)
      .map((one) => ({ name: one.name, doc: "", value: () => reader.bound(one) }));
    return [...new Map(own.map((one) => [one.name, one])).values()];
  }

  /** The call whose argument list a node stands in: what is called, and the argument's place and name. */
  argumentOf(node) {
    const list = closest(node, "ArgList");
    const call = list?.parent;
    if (call?.name !== "CallExpression") return null;
    const direct = groups(list);
    const at = direct.findIndex((group) => group[0].from <= node.from && group.at(-1).to >= node.to);
    const group = direct[at];
    const name = group?.[1]?.name === "AssignOp" ? this.textOf(group[0]) : null;
    const isValue = !name || (group[2] && sameNode(group[2], node));
    return { call, at, name, isValue, callee: this.valueOf(call.firstChild) };
  }
}

/** Members as `names.py` lists them. */
const library = (members, owner) =>
  Object.entries(members).map(([name, [signature, doc]]) => ({
    name,
    doc,
    value: () => ({ kind: "library", name, path: `${owner}.${name}`, signature, doc }),
  }));
