import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { FormulaError, formulaLimits } from "../../../server/engine/keda/formula/error.ts";
import { compileFormula, evaluateFormula } from "../../../server/engine/keda/formula/formula.ts";

const triggers = ["queue", "kv", "rps"];
const measured = new Map([
  ["queue", 6],
  ["kv", 0.5],
  ["rps", 20],
]);

const result = (formula: string, values: ReadonlyMap<string, number> = measured) =>
  evaluateFormula(compileFormula(formula, triggers), values);

function fault(formula: string, values: ReadonlyMap<string, number> = measured): string {
  try {
    result(formula, values);
  } catch (error) {
    assert.ok(error instanceof FormulaError, `${formula}: ${error}`);
    return error.fault;
  }
  return "none";
}

describe("a formula gives what expr-lang gives", () => {
  // keda.sh docs, "Scaling Modifiers": the documented examples.
  const table: readonly (readonly [formula: string, result: number])[] = [
    ["(queue + rps)/2", 13],
    ["queue > 2 ? queue + rps : 1", 26],
    ["count([queue,kv,rps],{#>1}) > 1 ? 5 : 0", 5],
    ["queue < 2 ? queue+rps >= 2 ? 5 : 10 : 0", 0],
    ["float(queue)", 6],
    // expr parser/operator/operator.go: precedences.
    ["1 + 2 * 3 ** 2", 19],
    ["2 ** 3 ** 2", 512],
    ["-2 ^ 2", -4],
    ["10 - 4 - 3", 3],
    ["7 / 2", 3.5],
    ["7 % 4", 3],
    ["-7 % 4", -3],
    ["not (queue > 5) or kv < 1 ? 1 : 2", 1],
    ["!(queue > 5) && kv < 1 ? 1 : 2", 2],
    ["1 < queue < 10 ? 1 : 0", 1],
    ["1 < queue < 5 ? 1 : 0", 0],
    ["(queue > 5 ?: false) ? 1 : 2", 1],
    ["queue in [1, 6] ? 1 : 0", 1],
    ["queue not in [1, 6] ? 1 : 0", 0],
    ["0x10 + 0b11 + 0o7 + 1_000", 1026],
    ["1.5e3 + .5", 1500.5],
    // expr builtin/builtin.go.
    ["max(queue, rps, 3)", 20],
    ["min([queue, rps], 3)", 3],
    ["mean([queue, rps])", 13],
    ["mean([])", 0],
    ["median(1, 9, 4, 2)", 3],
    ["sum([queue, kv, rps])", 26.5],
    ["sum([1, 2], # * 10)", 30],
    ["count([true, false, true])", 2],
    ["len(filter([queue, kv, rps], # >= 6))", 2],
    ["find([queue, kv, rps], # < 1)", 0.5],
    ["all([queue, rps], # > 1) ? 1 : 0", 1],
    ["none([queue, rps], {# > 100}) ? 1 : 0", 1],
    ["one([queue, kv], {# < 1}) ? 1 : 0", 1],
    ["any(map([1, 2], # + 1), # == 3) ? 1 : 0", 1],
    ["[queue, rps] | max()", 20],
    ["[3, 4] | sum(# * 2)", 14],
    ["ceil(kv) + floor(kv) + round(kv) + abs(-kv)", 2.5],
    ["round(-2.5)", -3],
    ["round(0.49999999999999994)", 0],
    ["int(7.9) % 4", 3],
    ["let need = queue / 4; ceil(need) * 2", 4],
    ["if queue > 5 { 1 } else if kv > 1 { 2 } else { 3 }", 1],
    ["9223372036854775807 + 1", -(2 ** 63)],
    ["1 / 0 > 5 ? 1 : 0", 1],
  ];
  for (const [formula, expected] of table) {
    test(formula, () => assert.equal(result(formula), expected));
  }

  test("a trigger that failed is nil, and ?? takes the next", () => {
    const withoutQueue = new Map([["kv", 0.5]]);
    assert.equal(result("queue ?? kv", withoutQueue), 0.5);
    assert.equal(result("1 + (queue ?? rps ?? 5)", withoutQueue), 6);
    assert.equal(result("queue ?? rps", withoutQueue), undefined);
    assert.equal(result("queue == nil ? 1 : 2", withoutQueue), 1);
    assert.equal(fault("queue + kv", withoutQueue), "value");
  });
});

describe("what KEDA refuses is told by its kind", () => {
  const table: readonly (readonly [formula: string, fault: string])[] = [
    ["", "syntax"],
    ["queue +", "syntax"],
    ["(queue", "syntax"],
    ["queue kv", "syntax"],
    ["queue ? 1", "syntax"],
    ["queue & kv", "syntax"],
    ["queue ?? kv + 1", "syntax"],
    ["# > 1", "syntax"],
    ["count([queue], # > 1", "syntax"],
    ["99999999999999999999", "syntax"],
    ["0x", "syntax"],
    ["que", "name"],
    ["my-queue", "name"],
    ["avg([queue, kv])", "name"],
    ["constructor", "name"],
    ["__proto__", "name"],
    ["toString()", "name"],
    ["let queue = 1; queue", "name"],
    ["queue > 2", "type"],
    ["[queue]", "type"],
    ["nil", "type"],
    ["queue && kv", "type"],
    ["queue ? 1 : 2", "type"],
    ["true + 1", "type"],
    ["queue % 2", "type"],
    ["not queue", "type"],
    ["max()", "type"],
    ["ceil(1, 2)", "type"],
    ["ceil([1])", "type"],
    ["filter(queue, # > 1) | len()", "type"],
    ["all([1])", "type"],
    ["true == 1 ? 1 : 0", "type"],
    ["1 % 0", "value"],
    ["max(queue, 2) % 2", "value"],
    ["first([])", "none"],
    ["first([true])", "value"],
    ["int(1/0)", "value"],
    ["count([queue])", "value"],
    ['"a" == "a" ? 1 : 0', "unsupported"],
    ["queue.value", "unsupported"],
    ["[1, 2][0]", "unsupported"],
    ["sum(1..3)", "unsupported"],
    ["reduce([1], #acc + #)", "unsupported"],
    ["{a: 1}", "unsupported"],
    ["now()", "unsupported"],
  ];
  for (const [formula, expected] of table)
    test(`${formula || "an empty formula"}: ${expected}`, () => assert.equal(fault(formula), expected));

  test("the message says where", () => {
    assert.throws(() => compileFormula("queue + nothing", triggers), {
      name: "FormulaError",
      at: 8,
      message: "no trigger is named nothing",
    });
  });
});

describe("a hostile formula ends soon", () => {
  test("too long, too deep, too many steps", () => {
    assert.equal(fault("1".repeat(formulaLimits.characters + 1)), "limit");
    assert.equal(fault("(".repeat(2000)), "limit");
    assert.equal(fault("-".repeat(2000)), "limit");
    assert.equal(fault("1 ** ".repeat(500)), "limit");
    assert.equal(fault(`${"let a = 1; ".repeat(1)}${"true ? 1 : ".repeat(300)}1`), "limit");
    const list = `[${"1,".repeat(60)}]`;
    const nested = `sum(${list}, sum(${list}, sum(${list}, sum(${list}, #))))`;
    assert.equal(fault(nested), "limit");
  });

  test("any text compiles or throws a FormulaError, nothing else", () => {
    const pieces = fc.constantFrom(
      ..."queue kv rps ( ) [ ] { } # ? : ?? + - * / % ** < >= == && not in let = ; , | 1 2.5 .. . true nil max sum count 0x '".split(
        " ",
      ),
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(" ")),
    );
    fc.assert(
      fc.property(texts, (text) => typeof fault(text) === "string"),
      { numRuns: 2000 },
    );
  });
});

/** A formula with what it must give, built side by side. */
interface Sample {
  readonly text: string;
  readonly value: number;
}

const { numbers } = fc.letrec<{ numbers: Sample; truths: { text: string; value: boolean } }>((tie) => ({
  numbers: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc
      .double({ min: 0, max: 1e6, noNaN: true })
      .map((value) => ({ text: `float(${plain(value)})`, value: Number(plain(value)) })),
    fc.constantFrom(...measured).map(([text, value]) => ({ text, value })),
    fc.tuple(tie("numbers"), fc.constantFrom("+", "-", "*", "/"), tie("numbers")).map(([left, operator, right]) => ({
      text: `(${left.text} ${operator} ${right.text})`,
      value: calculated(left.value, operator, right.value),
    })),
    tie("numbers").map(({ text, value }) => ({ text: `-${text}`, value: -value })),
    fc.array(tie("numbers"), { minLength: 1, maxLength: 3 }).map((items) => ({
      text: `max([${items.map(({ text }) => text).join(", ")}])`,
      value: items.reduce((best, { value }) => (best < value ? value : best), items[0]?.value ?? 0),
    })),
    fc.array(tie("numbers"), { maxLength: 3 }).map((items) => ({
      text: `sum([0.0, ${items.map(({ text }) => text).join(", ")}])`,
      value: items.reduce((sum, { value }) => sum + value, 0),
    })),
    fc.tuple(tie("truths"), tie("numbers"), tie("numbers")).map(([condition, then, otherwise]) => ({
      text: `(${condition.text} ? ${then.text} : ${otherwise.text})`,
      value: condition.value ? then.value : otherwise.value,
    })),
  ),
  truths: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.boolean().map((value) => ({ text: String(value), value })),
    fc.tuple(tie("numbers"), tie("numbers")).map(([left, right]) => ({
      text: `(${left.text} <= ${right.text})`,
      value: left.value <= right.value,
    })),
    fc.tuple(tie("truths"), tie("truths")).map(([left, right]) => ({
      text: `(${left.text} and not ${right.text})`,
      value: left.value && !right.value,
    })),
  ),
}));

const plain = (value: number) => value.toFixed(3);

function calculated(left: number, operator: string, right: number): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  return operator === "*" ? left * right : left / right;
}

test("a random formula gives what the same arithmetic gives in JavaScript", () => {
  fc.assert(
    fc.property(numbers, ({ text, value }) => {
      if (fault(text) === "limit") return;
      assert.deepEqual(result(text), value);
    }),
    { numRuns: 1000 },
  );
});
