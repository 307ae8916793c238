// Who binds which name in a file: assignments, imports, loops, parameters, in the scopes that Python has.
import { children, closest, groups, textOf } from "./tree.js";

const COMPREHENSIONS = [
  "ArrayComprehensionExpression",
  "SetComprehensionExpression",
  "DictionaryComprehensionExpression",
  "ComprehensionExpression",
];
const SCOPES = ["Script", "FunctionDefinition", "LambdaExpression", "ClassDefinition", ...COMPREHENSIONS];
const TARGETS = ["TupleExpression", "ArrayExpression", "ParenthesizedExpression"];

/** The bindings of one file, by scope. A binding says how its value comes about; `values.js` finds out what it is. */
export class Scopes {
  #text;
  /** Scope's place to its bindings. */
  #scopes = new Map();
  /** Every call by the plain name of what is called, for parameters. */
  calls = new Map();

  constructor(text, tree) {
    this.#text = text;
    this.#visit(tree.topNode);
  }

  /** The binding that a name has at a place, or null. */
  find(name, node) {
    let inner = true;
    for (let scope = this.#scopeOf(node); scope; scope = this.#scopeOf(scope.parent)) {
      // A class's own names are not seen from its methods.
      if (inner || scope.name !== "ClassDefinition") {
        const all = (this.#of(scope) ?? []).filter((one) => one.name === name);
        const before = all.filter((one) => one.from <= node.from);
        const found = (inner && before.length > 0 ? before : all).at(-1);
        if (found) return found;
      }
      inner = false;
    }
    return null;
  }

  /** All names that can be used at a place, the nearest first. */
  visible(node) {
    const seen = new Map();
    let inner = true;
    for (let scope = this.#scopeOf(node); scope; scope = this.#scopeOf(scope.parent)) {
      if (inner || scope.name !== "ClassDefinition") {
        for (const one of this.#of(scope) ?? []) if (!seen.has(one.name)) seen.set(one.name, one);
      }
      inner = false;
    }
    return [...seen.values()];
  }

  /** The names that a file or a class binds at its own level. */
  own(scope) {
    return this.#of(scope) ?? [];
  }

  #scopeOf(node) {
    const scope = closest(node, ...SCOPES);
    // Defaults, decorators and base classes are outside; so is the name itself.
    if (scope?.name === "FunctionDefinition" || scope?.name === "ClassDefinition") {
      const body = scope.getChild("Body");
      const parameters = scope.getChild("ParamList");
      const within = (part) => part && node.from >= part.from && node.to <= part.to;
      if (node !== scope && !within(body) && !within(parameters)) return this.#scopeOf(scope.parent);
    }
    return scope;
  }

  #of(scope) {
    return this.#scopes.get(`${scope.name}:${scope.from}`);
  }

  #bind(node, how, scope = this.#scopeOf(node)) {
    if (!scope) return;
    const key = `${scope.name}:${scope.from}`;
    if (!this.#scopes.has(key)) this.#scopes.set(key, []);
    this.#scopes.get(key).push({ name: textOf(this.#text, node), from: node.from, node, ...how });
  }

  #visit(node) {
    this.#read(node);
    for (const child of children(node)) this.#visit(child);
  }

  #read(node) {
    switch (node.name) {
      case "AssignStatement":
        return this.#assignment(node);
      case "NamedExpression":
        return this.#bind(node.firstChild, { kind: "value", expression: node.lastChild, path: [] });
      case "ForStatement":
        return this.#loop(children(node), null);
      case "WithStatement":
      case "TryStatement":
        return this.#named(node);
      case "ImportStatement":
        return this.#imports(node);
      case "FunctionDefinition":
      case "ClassDefinition":
        return this.#definition(node);
      case "LambdaExpression":
        return this.#parameters(node);
      case "CallExpression":
        return this.#call(node);
    }
    if (COMPREHENSIONS.includes(node.name)) this.#loop(children(node), node);
  }

  /** `a = b = 1`, `a, (b, c) = f()`, `x: int = 3`. */
  #assignment(node) {
    const parts = [[]];
    for (const child of children(node)) {
      if (child.name === "AssignOp") parts.push([]);
      else if (!child.type.isError) parts.at(-1).push(child);
    }
    const values = parts.pop().filter(({ name }) => name !== ",");
    const annotation = parts[0]?.find(({ name }) => name === "TypeDef") ?? null;
    for (const part of parts) {
      const targets = part.filter(({ name }) => name !== "," && name !== "TypeDef");
      const many = part.some(({ name }) => name === ",");
      targets.forEach((target, at) => {
        if (!many) {
          const how = {
            kind: "value",
            expression: values[0],
            annotation,
            tuple: values.length > 1 ? values : null,
          };
          this.#target(target, how, []);
        } else if (values.length > 1) {
          this.#target(target, { kind: "value", expression: values[at] }, []);
        } else {
          this.#target(target, { kind: "value", expression: values[0] }, [at]);
        }
      });
    }
  }

  /** A target binds one name, or several by their places; `self.x = ...` binds an attribute of the class. */
  #target(target, how, path) {
    if (target.name === "VariableName") {
      this.#bind(target, { ...how, path });
    } else if (TARGETS.includes(target.name)) {
      groups(target).forEach(([part], at) => this.#target(part, how, [...path, at]));
    } else if (target.name === "MemberExpression" && textOf(this.#text, target.firstChild) === "self") {
      const owner = closest(target, "ClassDefinition");
      const property = target.getChild("PropertyName");
      if (owner && property) this.#bind(property, { ...how, path, attribute: true }, owner);
    }
  }

  /** `for a, b in c`, in a statement or a comprehension. */
  #loop(parts, scope) {
    for (let at = 0; at < parts.length; at++) {
      if (parts[at].name !== "for") continue;
      const end = parts.findIndex((part, later) => later > at && part.name === "in");
      if (end === -1) return;
      const targets = parts.slice(at + 1, end).filter(({ name }) => name !== ",");
      const many = parts.slice(at + 1, end).some(({ name }) => name === ",");
      const how = { kind: "element", expression: parts[end + 1] };
      targets.forEach((target, index) => {
        if (scope && target.name === "VariableName")
          this.#bind(target, { ...how, path: many ? [index] : [] }, scope);
        else this.#target(target, how, many ? [index] : []);
      });
    }
  }

  /** `with f() as x`, `except E as error`. */
  #named(node) {
    const parts = children(node);
    const kind = node.name === "WithStatement" ? "entered" : "caught";
    parts.forEach((part, at) => {
      const target = parts[at + 1];
      if (part.name === "as" && target) this.#target(target, { kind, expression: parts[at - 1] }, []);
    });
  }

  #imports(node) {
    const parts = children(node);
    const from = parts[0]?.name === "from";
    const start = parts.findIndex(({ name }) => name === "import");
    if (start === -1) return;
    const module = from ? this.#dotted(parts.slice(1, start)) : null;
    let group = [];
    for (const part of [...parts.slice(start + 1), null]) {
      if (part !== null && part.name !== ",") {
        if (!"()".includes(part.name) && !part.type.isError) group.push(part);
        continue;
      }
      this.#import(group, module);
      group = [];
    }
  }

  #import(group, module) {
    const as = group.findIndex(({ name }) => name === "as");
    const names = (as === -1 ? group : group.slice(0, as)).filter(({ name }) => name === "VariableName");
    if (names.length === 0) return;
    const alias = as === -1 ? null : group[as + 1];
    if (module !== null) {
      this.#bind(alias ?? names[0], { kind: "member", module, member: textOf(this.#text, names[0]) });
    } else {
      const whole = this.#dotted(names);
      const first = textOf(this.#text, names[0]);
      this.#bind(alias ?? names[0], { kind: "module", module: alias ? whole : first });
    }
  }

  #dotted(nodes) {
    const names = nodes.filter(({ name }) => name === "VariableName");
    return names.map((node) => textOf(this.#text, node)).join(".");
  }

  #definition(node) {
    const name = node.getChild("VariableName");
    const kind = node.name === "ClassDefinition" ? "class" : "function";
    if (name) this.#bind(name, { kind, definition: node }, this.#scopeOf(node.parent));
    if (kind === "function") this.#parameters(node);
  }

  #parameters(node) {
    const list = node.getChild("ParamList");
    if (!list) return;
    groups(list).forEach((group, index) => {
      const name = group.find((part) => part.name === "VariableName");
      if (!name) return;
      const equals = group.findIndex((part) => part.name === "AssignOp");
      const initial = equals === -1 ? null : group[equals + 1];
      const stars = group[0].name.startsWith("*") ? group[0].name : "";
      const annotation = group.find((part) => part.name === "TypeDef") ?? null;
      this.#bind(name, { kind: "parameter", definition: node, index, initial, stars, annotation }, node);
    });
  }

  #call(node) {
    const callee = node.firstChild;
    if (!callee) return;
    const last = callee.name === "MemberExpression" ? callee.getChild("PropertyName") : callee;
    if (!last) return;
    const name = textOf(this.#text, last);
    if (!this.calls.has(name)) this.calls.set(name, []);
    this.calls.get(name).push(node);
  }
}
