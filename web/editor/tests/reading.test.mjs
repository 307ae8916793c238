// node --test web/editor/tests: every case of *.cases, on the hints that `cargo xtask build` makes of the pinned boto3.
//
// A case is a title, a script with `|` where the cursor is, and lines of what must be told there:
//   + LABEL [| DETAIL]   is offered (with this detail)         - LABEL   is not offered
//   1 LABEL              is offered first                      = LABEL ...   exactly these are offered, in any order
//   ~ LABEL              is offered and marked as not simulated   0   nothing is offered
//   ? TEXT               the description's title is this       ?~ TEXT   its state     ?* NAME ...   its required rows    ?0 none
//   ! FILE.py: TEXT      another file of the learner's (before the script; \n for a new line)
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parser } from "@lezer/python";
import { completionsAt, descriptionAt } from "../reading/index.js";

const here = new URL("./", import.meta.url);
const hints = new URL("../../../.cache/python/hints/", import.meta.url);
const MISSING = "the hints are not made yet: run `cargo xtask build`";

const read = (name) => {
  assert.ok(existsSync(new URL("boto3.json", hints)), MISSING);
  const file = new URL(`${name}.json`, hints);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
};

/** Answers as the page's own source does: null at first, and then what was fetched. */
const makeData = (files) => {
  const have = new Map();
  let wanted = [];
  const get = (name, missing = null) => {
    if (have.has(name)) return have.get(name);
    wanted.push(Promise.resolve().then(() => have.set(name, read(name))));
    return missing;
  };
  return {
    service: (name) => {
      const found = get(name);
      return found?.shapes ? found : null;
    },
    boto3: () => get("boto3"),
    python: () => get("python"),
    simulated: () => ({
      s3: {
        PutObject: ["Bucket", "Key", "Body"],
        GetObject: ["Bucket", "Key"],
        CreateBucket: ["Bucket"],
        ListObjectsV2: ["Bucket"],
      },
      sts: { GetCallerIdentity: [] },
    }),
    buckets: () => ["logs-k4t2", "photos-k4t2"],
    keys: (bucket) => (bucket === "photos-k4t2" ? ["hello.txt", "img/beach.jpg"] : []),
    files: () => Object.keys(files),
    file: (name) =>
      files[name] === undefined ? null : { text: files[name], tree: parser.parse(files[name]) },
    wanted: () => wanted.splice(0),
  };
};

const RULE = /^(\?~|\?\*|\?0|\?|\+|-|1|=|~|0|!) ?(.*)$/;

const parseCases = (text) =>
  text
    .split(/^--- /m)
    .slice(1)
    .map((part) => {
      const [title, ...lines] = part.split("\n");
      const rules = lines.filter((line) => line.startsWith("> ")).map((line) => RULE.exec(line.slice(2)));
      const files = {};
      for (const [, kind, rest] of rules.filter(([, kind]) => kind === "!")) {
        const [, name, content] = /^(\w+)\.py: (.*)$/.exec(rest);
        files[name] = content.replaceAll("\\n", "\n");
        assert.equal(kind, "!");
      }
      const script = lines.filter((line) => !line.startsWith("> ")).join("\n");
      return { title, script, rules: rules.filter(([, kind]) => kind !== "!"), files };
    });

const check = (kind, rest, options, description) => {
  const labels = options.map(({ label }) => label);
  const [label, detail] = rest.split(" | ");
  const found = options.find((one) => one.label === label);
  switch (kind) {
    case "+":
      assert.ok(found, `${label} is not among ${labels.slice(0, 40)}`);
      if (detail !== undefined) assert.equal(found.detail, detail);
      break;
    case "-":
      return assert.ok(!found, `${label} is offered`);
    case "1":
      return assert.equal(labels[0], label);
    case "=":
      return assert.deepEqual([...labels].sort(), rest.split(" ").sort());
    case "~":
      return assert.equal(found?.off, true, `${label}: ${JSON.stringify(found?.off)}`);
    case "0":
      return assert.deepEqual(labels, []);
    case "?":
      return assert.equal(description?.title, rest);
    case "?~":
      return assert.equal(description?.state, rest);
    case "?*":
      return assert.deepEqual(
        description?.rows.map(({ name }) => name),
        rest.split(" "),
      );
    case "?0":
      return assert.equal(description, null);
  }
};

for (const name of readdirSync(here).filter((file) => file.endsWith(".cases"))) {
  for (const { title, script, rules, files } of parseCases(readFileSync(new URL(name, here), "utf8"))) {
    test(`${name}: ${title}`, async () => {
      const at = script.indexOf("|");
      assert.ok(at >= 0 && rules.length > 0, "a case has a cursor and says what is to be told");
      const text = script.slice(0, at) + script.slice(at + 1);
      const file = { text, tree: parser.parse(text), data: makeData(files) };
      const options = (await completionsAt(file, at, true))?.options ?? [];
      const description = await descriptionAt(file, at);
      for (const [, kind, rest] of rules) check(kind, rest, options, description);
    });
  }
}
