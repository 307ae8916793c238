// Places of a definition are found in its text, even in one that is not finished.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../pointer.js";

const TEXT = `{
  "StartAt": "a/b",
  "States": {
    "a": { "Type": "Pass" },
    "a/b": {
      "Type": "Task",
      "Catch": [
        { "ErrorEquals": ["X"], "Next": "Done" },
        { "ErrorEquals": ["Y"], "Next": "Gone \\"away\\"" }
      ]
    }
  }
}`;
const at = (location, text = TEXT) => {
  const place = placeOf(text, location);
  return place && text.slice(place.from, place.to);
};

test("a value is found by its way", () => {
  assert.equal(at("/StartAt"), '"a/b"');
  assert.equal(at("/States/a/b/Catch[1]/Next"), '"Gone \\"away\\""');
  assert.equal(at("/States/a/b/Catch[1]/ErrorEquals[0]"), '"Y"');
});

test("what holds others is found by its name", () => {
  assert.equal(at("/States/a"), '"a"');
  assert.equal(at("/States/a/b"), '"a/b"');
});

test("what is missing is told where it should be", () => {
  assert.equal(at("/States/a/Next"), '"a"');
  assert.equal(at("/"), "{");
  assert.equal(at(""), "{");
});

test("a text that is not finished ends nothing", () => {
  assert.equal(at("/States/x/Type", '{"States": {"x": {"Type": "Pa'), '"Pa');
  assert.equal(at("/States/x/Type", ""), null);
  assert.equal(at("/A/B", "{{{{"), "{");
  assert.equal(at("2:3", "{\n  x\n}"), "x");
  assert.equal(placeOf("{}", "9:9").from, 2);
});
