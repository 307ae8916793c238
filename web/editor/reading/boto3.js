// What boto3's objects are: members, and what their methods give. Everything comes from the hints, which are made from the
// service models (web/python/build/hints.py); no operation is known here by name.

const SIMPLE = {
  ":str": "str",
  ":int": "int",
  ":float": "float",
  ":bool": "bool",
  ":bytes": "bytes",
  ":time": "datetime",
  ":json": "dict",
};

export const UNKNOWN = { kind: "unknown" };
export const python = (type, more = {}) => ({ kind: "python", type, ...more });

/** Of what Python type a member of a model is, as the reader of a signature wants it. */
export const typeWords = (data, { service, type }, takes = false) => {
  if (type === ":stream") return takes ? "bytes or file" : "StreamingBody";
  if (SIMPLE[type]) return SIMPLE[type];
  const shape = data.service(service)?.shapes[type];
  if (!shape) return "";
  if (shape.l) return `list of ${typeWords(data, { service, type: shape.l })}`;
  if (shape.m) return `dict of ${typeWords(data, { service, type: shape.m })}`;
  return shape.e ? "str" : "dict";
};

/** The members of a structure: `[{name, type, required, doc}]`, required ones first. */
export const structure = (data, { service, type }) => {
  const shape = data.service(service)?.shapes[type];
  if (!shape?.s) return [];
  const required = shape.q ?? [];
  const members = Object.entries(shape.s).map(([name, [of, doc]]) => ({
    name,
    of: { service, type: of },
    required: required.includes(name),
    doc: doc ?? "",
  }));
  return members.sort((a, b) => Number(b.required) - Number(a.required));
};

export const enumValues = (data, of) => (of ? (data.service(of.service)?.shapes[of.type]?.e ?? []) : []);
export const listElement = (data, of) => {
  const element = of && data.service(of.service)?.shapes[of.type]?.l;
  return element ? { service: of.service, type: element } : null;
};

/** The value that a member of an answer has. */
export const shaped = (data, of) => {
  if (of.type === ":stream") return { kind: "object", type: "StreamingBody" };
  if (SIMPLE[of.type]) return python(SIMPLE[of.type]);
  const shape = data.service(of.service)?.shapes[of.type];
  if (!shape) return UNKNOWN;
  if (shape.l)
    return {
      kind: "list",
      element: () => shaped(data, { ...of, type: shape.l }),
      words: typeWords(data, of),
    };
  if (shape.m)
    return {
      kind: "dict",
      element: () => shaped(data, { ...of, type: shape.m }),
      words: typeWords(data, of),
    };
  if (shape.e) return python("str");
  return { kind: "fields", fields: () => fieldsOf(data, of), words: "dict" };
};

const fieldsOf = (data, of) =>
  structure(data, of).map((member) => ({
    name: member.name,
    doc: member.doc,
    type: typeWords(data, member.of),
    value: () => shaped(data, member.of),
  }));

const plain = (name, type, doc = "") => ({ name, type, doc, value: () => python(type) });
const METADATA = [
  plain("RequestId", "str"),
  plain("HostId", "str"),
  plain("HTTPStatusCode", "int"),
  plain("HTTPHeaders", "dict"),
  plain("RetryAttempts", "int"),
];
const metadata = {
  name: "ResponseMetadata",
  type: "dict",
  doc: "",
  value: () => ({ kind: "fields", fields: () => METADATA, words: "dict" }),
};

/** What an operation answers: its output, and what botocore adds to every answer. */
const answer = (data, service, operation) => ({
  kind: "fields",
  words: "dict",
  fields: () => [...(operation.out ? fieldsOf(data, { service, type: operation.out }) : []), metadata],
});

const ERROR_FIELDS = [plain("Code", "str"), plain("Message", "str")];
export const clientError = () => ({
  kind: "members",
  words: "ClientError",
  members: () => [
    {
      name: "response",
      type: "dict",
      doc: "",
      value: () => ({
        kind: "fields",
        words: "dict",
        fields: () => [
          {
            name: "Error",
            type: "dict",
            doc: "",
            value: () => ({ kind: "fields", words: "dict", fields: () => ERROR_FIELDS }),
          },
          metadata,
        ],
      }),
    },
    { name: "operation_name", type: "str", doc: "", value: () => python("str") },
    { name: "args", type: "tuple", doc: "", value: () => python("tuple") },
  ],
});

/** Whether the operation, or one member of its input, is simulated here; true while nothing is known of it. */
export const isSimulated = (data, service, operation, member) => {
  const known = data.simulated();
  if (known === null || !operation) return true;
  const members = known[service]?.[operation];
  return members !== undefined && (member === undefined || members.includes(member));
};

/** The parameters of an operation, without those that are given already. */
const parameters = (data, service, operation, fixed = []) => {
  if (operation.params)
    return operation.params.map(([name, required]) => ({ name, required, doc: "", type: "", of: null }));
  if (!operation.in) return [];
  const members = structure(data, { service, type: operation.in });
  return members
    .filter(({ name }) => !fixed.includes(name))
    .map(({ name, of, required, doc }) => ({
      name,
      required,
      doc,
      type: typeWords(data, of, true),
      of,
      off: !isSimulated(data, service, operation.name, name),
    }));
};

/** A method that makes the call of an operation. */
const operationMethod = (data, service, name, { as = name, fixed = [], gives = null } = {}) => {
  const operation = data.service(service)?.operations[name];
  if (!operation) return null;
  const returned = () => gives?.() ?? answer(data, service, operation);
  return {
    kind: "method",
    name: as,
    doc: operation.doc,
    params: parameters(data, service, operation, fixed),
    keywords: Boolean(operation.name),
    operation: operation.name ? { service, name: operation.name, python: name } : null,
    off: operation.name ? !isSimulated(data, service, operation.name) : false,
    returns: gives ? undefined : operation.params ? "" : "dict",
    gives: operation.params ? () => UNKNOWN : returned,
  };
};

/** A method of boto3's own. */
const ownMethod = (data, owner, name, gives, more = {}) => {
  const known = data.boto3()?.classes[owner]?.[name] ?? { doc: "", params: [] };
  const params = known.params.map(([param, required]) => ({
    name: param,
    required,
    doc: "",
    type: "",
    of: null,
  }));
  return { kind: "method", name, doc: known.doc, params, gives: gives ?? (() => UNKNOWN), ...more };
};

const ownMethods = (data, owner, gives = {}, more = {}) => {
  const names = Object.keys(data.boto3()?.classes[owner] ?? {});
  return names.map((name) => entry(ownMethod(data, owner, name, gives[name], more[name])));
};

const entry = (method) => ({ name: method.name, doc: method.doc, value: () => method, method });
const entries = (methods) => methods.filter(Boolean).map(entry);

const serviceOf = (args) => args.text("service_name", 0);
/** The parameters whose values are known: names of services, Regions. */
const STARTS = { service_name: "services", region_name: "regions" };
const starting = (data, owner, name, gives) => {
  const method = ownMethod(data, owner, name, gives);
  return { ...method, params: method.params.map((one) => ({ ...one, values: STARTS[one.name] })) };
};

const startMethods = (data) => [
  starting(data, "Session", "client", (args) => client(data, serviceOf(args))),
  starting(data, "Session", "resource", (args) => resource(data, serviceOf(args), "")),
];

const client = (data, service) =>
  service ? { kind: "client", service, words: `${service} client` } : UNKNOWN;
const resource = (data, service, of) =>
  service
    ? { kind: "resource", service, of, words: of === "" ? `${service} resource` : `${service}.${of}` }
    : UNKNOWN;
const session = { kind: "session", words: "Session" };

/** The members of the module boto3. */
export const boto3Module = (data) => {
  const made = { ...ownMethod(data, "Session", "Session", () => session), kind: "method", name: "Session" };
  made.params = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "region_name",
    "profile_name",
  ].map((name) => ({
    name,
    required: false,
    doc: "",
    type: "str",
    of: null,
    values: STARTS[name],
  }));
  return [
    ...entries([...startMethods(data), made]),
    { name: "session", doc: "", value: () => ({ kind: "module", name: "boto3.session" }) },
  ];
};

const clientMembers = (data, { service }) => {
  const operations = Object.keys(data.service(service)?.operations ?? {}).map((name) =>
    operationMethod(data, service, name),
  );
  const named = (param, values) => (method) => ({
    ...method,
    params: method.params.map((one) => (one.name === param ? { ...one, values, service } : one)),
  });
  const page = named("operation_name", "paginators");
  const others = ownMethods(data, "Client").map(({ method }) => {
    if (method.name === "get_paginator")
      return { ...page(method), gives: (args) => paginator(data, service, args.text("operation_name", 0)) };
    if (method.name === "can_paginate") return { ...page(method), gives: () => python("bool") };
    if (method.name === "get_waiter")
      return {
        ...named("waiter_name", "waiters")(method),
        gives: (args) => waiter(service, args.text("waiter_name", 0)),
      };
    if (method.name === "generate_presigned_url")
      return { ...named("ClientMethod", "operations")(method), gives: () => python("str") };
    return method;
  });
  return [
    ...entries(operations),
    ...entries(others),
    { name: "exceptions", doc: "", value: () => ({ kind: "exceptions", service, words: "" }) },
    { name: "meta", doc: "", value: () => META },
  ];
};

const META = {
  kind: "members",
  words: "ClientMeta",
  members: () => ["region_name", "endpoint_url", "partition"].map((name) => plain(name, "str")),
};

const paginator = (data, service, name) =>
  data.service(service)?.paginators[name]
    ? { kind: "paginator", service, name, words: "Paginator" }
    : UNKNOWN;
const waiter = (service, name) => (name ? { kind: "waiter", service, name, words: "Waiter" } : UNKNOWN);

const paginatorMembers = (data, { service, name }) => {
  const page = () => answer(data, service, data.service(service).operations[name]);
  const pages = { kind: "object", type: "PageIterator", element: page };
  const method = operationMethod(data, service, name, { as: "paginate", gives: () => pages });
  const config = { name: "PaginationConfig", required: false, doc: "", type: "dict", of: null };
  return entries([{ ...method, params: [...method.params, config] }]);
};

const waiterMembers = (data, { service, name }) => {
  const method = operationMethod(data, service, data.service(service)?.waiters[name], {
    as: "wait",
    gives: () => python("None"),
  });
  if (!method) return [];
  const config = { name: "WaiterConfig", required: false, doc: "", type: "dict", of: null };
  return entries([{ ...method, params: [...method.params, config] }]);
};

const exceptionMembers = (data, { service }) => {
  const names = data.service(service)?.exceptions ?? [];
  return ["ClientError", ...names].map((name) => ({
    name,
    doc: "",
    value: () => ({ kind: "exception", name, words: name }),
  }));
};

const resourceMembers = (data, { service, of }) => {
  const known = data.service(service)?.resources;
  const definition = known?.[of];
  if (!definition) return [];
  const actions = Object.entries(definition.actions).map(([name, action]) => {
    if (action.params) {
      const params = action.params.map(([param, required]) => ({
        name: param,
        required,
        doc: "",
        type: "",
        of: null,
      }));
      return { kind: "method", name, doc: action.doc, params, gives: () => UNKNOWN };
    }
    return operationMethod(data, service, action.op, {
      as: name,
      fixed: action.fixed,
      gives: given(data, service, action.gives),
    });
  });
  const classes = Object.entries(definition.has).map(([name, [type, ids]]) => ({
    kind: "method",
    name,
    doc: "",
    params: ids.map((id) => ({
      name: id,
      required: true,
      doc: "",
      type: "str",
      of: null,
      values: NAMES[`${type}.${id}`],
    })),
    returns: `${service}.${type}`,
    gives: (args) => ({
      ...resource(data, service, type),
      bucket: type === "Bucket" ? args.text("name", 0) : undefined,
    }),
  }));
  const waiters = (definition.waiters ?? []).map((name) => ({
    kind: "method",
    name,
    doc: "",
    params: [],
    gives: () => python("None"),
  }));
  const collections = Object.entries(definition.collections).map(([name, type]) => ({
    name,
    doc: "",
    type: `collection of ${type}`,
    value: () => collection(data, service, type),
  }));
  const ids = (definition.ids ?? []).map((name) => plain(name, "str"));
  const attributes = definition.shape ? attributesOf(data, service, definition) : [];
  const meta = {
    name: "meta",
    doc: "",
    value: () => ({
      kind: "members",
      words: "",
      members: () => [{ name: "client", doc: "", value: () => client(data, service) }],
    }),
  };
  return [...entries([...actions, ...classes, ...waiters]), ...collections, ...ids, ...attributes, meta];
};

/** Identifiers whose values the cloud's views know. */
const NAMES = { "Bucket.name": "buckets", "Object.key": "keys" };

const given = (data, service, gives) => {
  if (!gives) return null;
  const one = () => resource(data, service, gives[0]);
  return gives[1] ? () => ({ kind: "list", element: one, words: `list of ${gives[0]}` }) : one;
};

const snake = (name) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();

/** A resource's attributes are the members of its shape; ETag is `e_tag`, as botocore's own naming has it. */
const attributesOf = (data, service, definition) =>
  fieldsOf(data, { service, type: definition.shape })
    .map((field) => ({ ...field, name: field.name === "ETag" ? "e_tag" : snake(field.name) }))
    .filter(({ name }) => !(definition.ids ?? []).includes(name));

const collection = (data, service, type) => ({
  kind: "object",
  type: "Collection",
  words: `collection of ${type}`,
  element: () => resource(data, service, type),
});

const objectMembers = (data, value) => {
  const element = value.element;
  const again = () => value;
  const gives = {
    StreamingBody: {
      read: () => python("bytes"),
      readlines: () => ({ kind: "list", element: () => python("bytes"), words: "list of bytes" }),
      iter_lines: () => ({ kind: "list", element: () => python("bytes"), words: "" }),
      iter_chunks: () => ({ kind: "list", element: () => python("bytes"), words: "" }),
    },
    PageIterator: { build_full_result: () => element() },
    Collection: {
      all: again,
      filter: again,
      limit: again,
      page_size: again,
      pages: () => ({ kind: "list", element: () => ({ kind: "list", element, words: "" }), words: "" }),
    },
  };
  return ownMethods(data, value.type, gives[value.type] ?? {});
};

/** The members of a value that comes from boto3; null for any other. */
export const boto3Members = (data, value) => {
  switch (value.kind) {
    case "client":
      return clientMembers(data, value);
    case "resource":
      return resourceMembers(data, value);
    case "session": {
      const starts = entries(startMethods(data));
      const rest = ownMethods(data, "Session").filter(({ name }) => name !== "client" && name !== "resource");
      return [...starts, ...rest, plain("region_name", "str"), plain("profile_name", "str")];
    }
    case "paginator":
      return paginatorMembers(data, value);
    case "waiter":
      return waiterMembers(data, value);
    case "exceptions":
      return exceptionMembers(data, value);
    case "object":
      return objectMembers(data, value);
    case "members":
      return value.members();
    default:
      return null;
  }
};
