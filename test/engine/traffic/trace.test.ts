import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { longestLine } from "../../../server/engine/traffic/csv-lines.ts";
import { demandOfTrace, Trace } from "../../../server/engine/traffic/trace.ts";
import { TraceReader, type TraceRow } from "../../../server/engine/traffic/trace-reader.ts";
import { traceSeconds } from "../../../server/engine/traffic/trace-time.ts";
import { rowsOf } from "./rows.ts";

function read(...pieces: string[]) {
  const rows: TraceRow[] = [];
  const reader = new TraceReader((row) => rows.push(row));
  for (const piece of pieces) reader.push(piece);
  return { rows, report: reader.end() };
}

const azure = `TIMESTAMP,ContextTokens,GeneratedTokens
2023-11-16 18:15:46.6805900,374,44
2023-11-16 18:15:50.9951690,396,109
2023-11-16 18:16:46.6805900,879,55
`;
const burst = `Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type
5,s1,1.5,ChatGPT,472,18,490,Conversation log
45,s1,2.5,ChatGPT,1087,230,1317,Conversation log
118,,0.1,GPT-4,417,0,417,API log
120,"a ""quoted"", name",0.1,GPT-4,300,276,576,API log
`;

describe("a trace", () => {
  test("in Azure's columns is times since its first row, and tokens", () => {
    const { rows, report } = read(azure);
    assert.deepEqual(
      rows.map(({ time, prompt, output }) => [time.toFixed(6), prompt, output]),
      [
        ["0.000000", 374, 44],
        ["4.314579", 396, 109],
        ["60.000000", 879, 55],
      ],
    );
    assert.deepEqual([report.format, report.rows, report.examples], ["azure", 3, []]);
  });

  test("in BurstGPT's columns has sessions, and its failed requests are counted and left out", () => {
    const { rows, report } = read(burst);
    assert.deepEqual(
      rows.map((row) => [row.time, row.prompt, row.output, row.session]),
      [
        [0, 472, 18, "s1"],
        [40, 1087, 230, "s1"],
        [115, 300, 276, 'a "quoted", name'],
      ],
    );
    assert.deepEqual(
      [report.format, report.refused.failed, report.examples],
      ["burstgpt", 1, [{ line: 4, why: "failed" }]],
    );
  });

  test("of BurstGPT's first files has no sessions", () => {
    const { rows } = read(
      "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n5,ChatGPT,472,18,490,Conversation log\n",
    );
    assert.deepEqual(rows, [{ time: 0, prompt: 472, output: 18, session: undefined }]);
  });

  test("is the same with a byte order mark, Windows' line ends and no last line end", () => {
    assert.deepEqual(read(`\uFEFF${azure.replaceAll("\n", "\r\n").trimEnd()}`).rows, read(azure).rows);
  });

  test("is the same wherever its pieces are cut", () =>
    fc.assert(
      fc.property(fc.constantFrom(azure, burst), fc.array(fc.nat(400), { maxLength: 6 }), (text, places) => {
        const cuts = [0, ...places.map((place) => place % text.length).sort((a, b) => a - b), text.length];
        const pieces = cuts.slice(1).map((to, n) => text.slice(cuts[n], to));
        assert.deepEqual(read(...pieces), read(text));
      }),
    ));

  test("tells each row that it cannot use, and why", () => {
    const { rows, report } = read(`TIMESTAMP,ContextTokens,GeneratedTokens
2023-11-16 18:15:46,374,44
2023-11-16 18:15:46,374
yesterday,374,44
2023-02-29 00:00:00,374,44
2023-11-16 18:15:47,-3,44
2023-11-16 18:15:47,1e9,44
2023-11-16 18:15:47,374,9999999
2023-11-16 18:15:47,0,5
2023-11-16 18:15:47,374,0
${"9".repeat(longestLine + 1)}

2023-11-16 18:15:48,374,44
`);
    assert.equal(rows.length, 2);
    assert.deepEqual(report.refused, { fields: 1, time: 2, tokens: 4, length: 1, failed: 1 });
    assert.deepEqual(report.examples.slice(0, 2), [
      { line: 3, why: "fields" },
      { line: 4, why: "time" },
    ]);
    assert.equal(report.examples.length, 5);
  });

  test("without a header that is known gives nothing and says so", () => {
    for (const text of ["", "a,b,c\n1,2,3\n", "x".repeat(3 * longestLine), "\0\n\0\n"]) {
      assert.deepEqual([read(text).rows, read(text).report.format], [[], undefined]);
    }
  });

  test("never throws, and keeps no line that does not end", () =>
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...azure, '"', "\n", "__proto__", ",")), { maxLength: 40 }),
        (pieces) => {
          const { rows, report } = read(azure, ...pieces);
          assert.ok(rows.length >= 2 && report.rows === rows.length);
          for (const { time, prompt, output } of rows) {
            assert.ok(
              Number.isFinite(time) && Number.isInteger(prompt) && Number.isInteger(output) && prompt > 0 && output > 0,
            );
          }
        },
      ),
    ));
});

describe("a time of a trace", () => {
  test("is read as Date reads it", () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1970-01-02"), max: new Date("2100-01-01"), noInvalidDate: true }),
        (date) => {
          const seconds = traceSeconds(date.toISOString());
          const since = traceSeconds("1970-01-01T00:00:00Z") ?? Number.NaN;
          assert.ok(Math.abs((seconds ?? Number.NaN) - since - date.getTime() / 1000) < 1e-4);
        },
      ),
    ));

  test("knows its zone, and seven digits behind the second", () => {
    const [utc, east, west, bare] = ["+00:00", "+02:00", "-0530", ""].map(
      (zone) => traceSeconds(`2024-05-10 12:00:00.0099300${zone}`) ?? 0,
    );
    assert.deepEqual([(utc ?? 0) - (east ?? 0), (west ?? 0) - (utc ?? 0), bare], [7200, 19_800, utc]);
  });
});

function traceOf(text: string): Trace {
  const trace = new Trace();
  const reader = new TraceReader((row) => trace.add(row));
  reader.push(text);
  reader.end();
  return trace;
}

describe("a trace that is replayed", () => {
  test("is its rows, and its sessions remember what was said", () => {
    const demand = demandOfTrace(traceOf(burst));
    const rows = rowsOf(demand.arrivals(7), 3);
    assert.deepEqual(
      [[...rows.time], [...rows.prompt], [...rows.output]],
      [
        [0, 40, 115],
        [472, 1087, 300],
        [18, 230, 276],
      ],
    );
    assert.deepEqual(
      [[...rows.session], [...rows.turn], [...rows.history]],
      [
        [0, 0, 1],
        [0, 1, 0],
        [0, 490, 0],
      ],
    );
    assert.deepEqual([demand.promptTokens, demand.outputTokens], [(472 + 1087 + 300) / 3, (18 + 230 + 276) / 3]);
  });

  test("comes at the rate of its minutes, and then nothing comes", () => {
    const { rate } = demandOfTrace(traceOf(azure));
    assert.deepEqual([0, 59, 60, 119, 120, 1e6].map(rate), [2 / 60, 2 / 60, 1 / 60, 1 / 60, 0, 0]);
  });

  test("is in the order of time, whatever the order of the file, and begins at 0", () =>
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 3000 }), (times) => {
        const trace = new Trace();
        for (const [n, time] of times.entries()) trace.add({ time, prompt: n + 1, output: 1, session: undefined });
        const rows = rowsOf(demandOfTrace(trace).arrivals(7), times.length);
        const order = times.map((time, n) => ({ time, n })).sort((a, b) => a.time - b.time || a.n - b.n);
        const sorted = order.some(({ n }, place) => n !== place);
        const first = sorted ? (order[0]?.time ?? 0) : 0;
        assert.deepEqual(
          [...rows.time],
          order.map(({ time }) => time - first),
        );
        assert.deepEqual(
          [...rows.prompt],
          order.map(({ n }) => n + 1),
        );
      }),
      { numRuns: 30 },
    ));

  test("of nothing is nothing", () => {
    const demand = demandOfTrace(new Trace());
    assert.deepEqual([demand.rate(0), demand.arrivals(7).fill(traceOf(azure).rows, 1e9)], [0, 0]);
  });
});
