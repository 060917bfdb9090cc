import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, it } from "node:test";
import { stacks } from "../../server/cli/init/stacks.ts";
import { writeAll } from "../../server/cli/init/write.ts";
import { run } from "../../server/cli/run.ts";
import { converse } from "../../server/cli/terminal/converse.ts";
import { bundleCli } from "./support/bundle.ts";
import { recorder } from "./support/recorder.ts";
import { headroom, scratch } from "./support/scratch.ts";

const cli = await bundleCli();

/** Paths of all files below a directory. */
function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(directory.length + 1))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}

describe("headroom init", () => {
  for (const { name } of stacks) {
    it(`${name} writes files that lint has nothing to say about`, () => {
      const cwd = scratch();
      const { exit, err } = headroom(cli, ["init", name, "--out", "deploy/chat"], { cwd });
      assert.deepEqual([exit, err], [0, ""]);
      const count = filesIn(cwd).length;
      const lint = headroom(cli, ["lint", "deploy/chat", "--fail-on", "warning"], { cwd });
      assert.deepEqual([lint.exit, lint.err], [0, ""]);
      // Of a stack with WVA one thing is worth knowing.
      if (name.startsWith("wva")) assert.match(lint.out, /^info .* wva\/last-version\n.*documents: 1 info\n$/s);
      else assert.match(lint.out, new RegExp(`^${count} files, \\d+ documents: no problems\\n$`));
    });
  }

  it("tells what it wrote, what is left to do, and what comes next", () => {
    const cwd = scratch();
    assert.deepEqual(headroom(cli, ["init", "wva-keda", "--yes"], { cwd }), {
      exit: 0,
      err: "",
      out: `Wrote 10 files:
  headroom.config.yaml
  kustomization.yaml
  model-server.yaml
  lmcache.yaml
  weights.yaml
  guards.yaml
  autoscaling.yaml
  monitoring.yaml
  cluster/kustomization.yaml
  cluster/wva.yaml

Yours to fill in:
  - weights.yaml: the storage class and the size of the claim
  - autoscaling.yaml: the address of Prometheus, and the Secret with the certificate for it

Next: headroom lint .
`,
    });
  });

  it("writes what the options say", () => {
    const cwd = scratch();
    const options = ["--name=chat-l40s", "--namespace", "chat", "--model", "acme/Chat-8B", "--gpu", "l40s"];
    headroom(cli, ["init", "wva-hpa", ...options, "--tensor-parallel=4", "--max-replicas=12"], { cwd });
    const read = (path: string) => readFileSync(join(cwd, path), "utf8");
    assert.match(read("autoscaling.yaml"), /^ {2}name: chat-l40s\n {2}namespace: chat\n/m);
    assert.match(read("autoscaling.yaml"), /^ {2}modelID: acme\/Chat-8B\n/m);
    assert.match(read("autoscaling.yaml"), /^ {4}inference.optimization\/acceleratorName: L40S\n/m);
    assert.match(read("autoscaling.yaml"), /^ {2}maxReplicas: 12\n/m);
    assert.match(read("model-server.yaml"), /^ {12}- acme\/Chat-8B\n/m);
    assert.match(read("model-server.yaml"), /^ {8}nvidia.com\/gpu.product: NVIDIA-L40S\n/m);
    assert.match(read("model-server.yaml"), /--tensor-parallel-size=4\n/);
    assert.match(read("model-server.yaml"), /nvidia.com\/gpu: "4"\n/);
    assert.match(read("weights.yaml"), /^ {6}storage: 50Gi\n/m);
    assert.equal(headroom(cli, ["lint", "--fail-on", "warning"], { cwd }).exit, 0);
  });

  it("names the server after the model, and quotes what YAML would read as something else", () => {
    const cwd = scratch();
    headroom(cli, ["init", "wva-hpa", "--model", "acme/True", "--namespace", "007"], { cwd });
    assert.match(readFileSync(join(cwd, "guards.yaml"), "utf8"), /^ {2}name: "true"\n {2}namespace: "007"\n/m);
  });

  it("lists the stacks when nobody can be asked which", () => {
    const cwd = scratch();
    for (const argv of [["init"], ["init", "--yes"]]) {
      const { exit, out, err } = headroom(cli, argv, { cwd });
      assert.deepEqual([exit, out], [2, ""]);
      for (const { name, title } of stacks)
        assert.match(err, new RegExp(`^  \\d  ${name} +${title.replaceAll("+", "\\+")}: `, "m"));
      assert.match(err, /\nheadroom init STACK writes one; see headroom help init\.\n$/);
    }
    assert.deepEqual(filesIn(cwd), []);
  });
});

describe("headroom init refuses", () => {
  const mistakes: [argv: string[], err: string][] = [
    [["wva-hap"], 'There is no stack "wva-hap". Did you mean wva-hpa?'],
    [["kserve"], 'There is no stack "kserve". It may be wva-hpa, wva-keda, epp, pd.'],
    [["__proto__"], 'There is no stack "__proto__". It may be wva-hpa, wva-keda, epp, pd.'],
    [["\x1b[2J"], 'There is no stack "␛[2J". It may be wva-hpa, wva-keda, epp, pd.'],
    [["pd", "epp"], '"epp" is more than headroom init takes. See headroom help init.'],
    [["pd", "--max-replicas", "3"], "--max-replicas changes nothing in the stack pd."],
    [["pd", "--gpu", "H10"], '--gpu takes H100, H200, B200, A100 or L40S, not "H10". Did you mean H100?'],
    [["pd", "--tensor-parallel", "3"], '--tensor-parallel takes 1, 2, 4 or 8, not "3".'],
    [["epp", "--max-replicas=0"], '--max-replicas takes a whole number from 1 to 1000, not "0".'],
    [["epp", "--max-replicas=1e3"], '--max-replicas takes a whole number from 1 to 1000, not "1e3".'],
    [["epp", "--out="], "--out needs a directory."],
    [["epp", "--out"], "--out needs a value: DIR. See headroom help init."],
    [["epp", "--nmae=x"], "There is no option --nmae here. Did you mean --name? See headroom help init."],
  ];
  for (const [argv, err] of mistakes) {
    it(`${JSON.stringify(argv)} in a sentence, and writes nothing`, () => {
      const cwd = scratch();
      assert.deepEqual(headroom(cli, ["init", ...argv], { cwd }), { exit: 2, out: "", err: `${err}\n` });
      assert.deepEqual(filesIn(cwd), []);
    });
  }

  const hostile = [
    "",
    " ",
    "A",
    "1a",
    "-a",
    "a-",
    "a.b",
    "a_b",
    "a b",
    "a\nb: c",
    "a: b",
    "a #b",
    "${namespace}",
    "{{ .Release.Name }}",
    '"',
    "../../etc/passwd",
    "ä",
    "a\u202Eb",
    "a".repeat(51),
  ];
  for (const name of hostile) {
    it(`the name ${JSON.stringify(name)}`, () => {
      const cwd = scratch();
      const { exit, out, err } = headroom(cli, ["init", "epp", `--name=${name}`], { cwd });
      assert.deepEqual([exit, out, filesIn(cwd)], [2, "", []]);
      assert.match(
        err,
        /^--name takes lower-case letters, digits and dashes, a letter first, at most 50, not ".*"\.\n$/,
      );
      assert.doesNotMatch(err, /[^\P{C}\n]/u);
    });
  }

  for (const model of [
    "",
    "qwen",
    "a/b/c",
    "/models/a",
    "../a",
    "a/../b",
    "s3://a/b",
    "-a/b",
    "a/b\n- --trust",
    "a/b'",
    "a/${b}",
  ]) {
    it(`the model ${JSON.stringify(model)}`, () => {
      const cwd = scratch();
      const { exit, out, err } = headroom(cli, ["init", "epp", `--model=${model}`], { cwd });
      assert.deepEqual([exit, out, filesIn(cwd)], [2, "", []]);
      assert.match(
        err,
        /^--model takes a model of Hugging Face with its organisation, such as Qwen\/Qwen3-32B, not ".*"\.\n$/,
      );
    });
  }
});

describe("headroom init writes all or nothing", () => {
  it("when a file is there", () => {
    const cwd = scratch({ "deploy/lmcache.yaml": "mine\n", "deploy/router.yaml": "mine\n" });
    assert.deepEqual(headroom(cli, ["init", "wva-hpa", "--out", "deploy"], { cwd }), {
      exit: 2,
      out: "",
      err: "deploy/lmcache.yaml is there already. Nothing was written.\n",
    });
    assert.match(
      headroom(cli, ["init", "epp", "--out", "deploy"], { cwd }).err,
      /^deploy\/lmcache.yaml and deploy\/router.yaml are there already\. /,
    );
    assert.deepEqual(filesIn(cwd), ["deploy/lmcache.yaml", "deploy/router.yaml"]);
    assert.equal(readFileSync(join(cwd, "deploy/lmcache.yaml"), "utf8"), "mine\n");
  });

  it("a second time", () => {
    const cwd = scratch();
    headroom(cli, ["init", "pd"], { cwd });
    const before = filesIn(cwd).map((path) => readFileSync(join(cwd, path), "utf8"));
    const { exit, err } = headroom(cli, ["init", "pd", "--name", "other"], { cwd });
    assert.deepEqual([exit, /, weights\.yaml, .* are there already/.test(err)], [2, true]);
    assert.deepEqual(
      filesIn(cwd).map((path) => readFileSync(join(cwd, path), "utf8")),
      before,
    );
  });

  it("when a link that leads nowhere is there", { skip: process.platform === "win32" }, () => {
    const cwd = scratch();
    symlinkSync("/nowhere/at/all", join(cwd, "guards.yaml"));
    const { exit, err } = headroom(cli, ["init", "pd"], { cwd });
    assert.deepEqual([exit, err], [2, "guards.yaml is there already. Nothing was written.\n"]);
    assert.deepEqual(filesIn(cwd), ["guards.yaml"]);
  });

  it("when a file stands where a directory has to be", () => {
    const cwd = scratch({ cluster: "mine\n" });
    const { exit, err } = headroom(cli, ["init", "wva-hpa"], { cwd });
    assert.equal(exit, 2);
    assert.match(err, /^cluster\/kustomization\.yaml: .* Nothing was written\.\n$/);
    assert.deepEqual(filesIn(cwd), ["cluster"]);
    assert.equal(headroom(cli, ["init", "pd", "--out", "cluster/pd"], { cwd }).exit, 2);
  });

  it("when it may not write", { skip: process.platform === "win32" || process.getuid?.() === 0 }, () => {
    const cwd = scratch({ "locked/x": "" });
    chmodSync(join(cwd, "locked"), 0o555);
    const { exit, err } = headroom(cli, ["init", "pd", "--out", "locked"], { cwd });
    chmodSync(join(cwd, "locked"), 0o755);
    assert.deepEqual(
      [exit, err],
      [2, "locked/headroom.config.yaml: No permission to write here. Nothing was written.\n"],
    );
  });

  it("and takes back files and directories when one fails", async () => {
    const cwd = scratch({ "kept.yaml": "mine\n" });
    const files = new Map([
      ["new/deep/a.yaml", "a\n"],
      ["b.yaml", "b\n"],
      ["b.yaml/c.yaml", "c\n"],
    ]);
    const refusal = await writeAll(cwd, files);
    assert.equal(refusal !== undefined && "path" in refusal ? refusal.path : undefined, "b.yaml/c.yaml");
    assert.deepEqual(readdirSync(cwd), ["kept.yaml"]);
  });

  it("but leaves out a headroom.config.yaml where one counts already", () => {
    const cwd = scratch({ "headroom.config.yaml": "ignore: []\n" });
    const { exit, out } = headroom(cli, ["init", "pd", "--out", "deploy"], { cwd });
    assert.equal(exit, 0);
    assert.match(out, /\nYour headroom\.config\.yaml counts for them\.\n/);
    assert.ok(!filesIn(cwd).includes("deploy/headroom.config.yaml"));
    assert.equal(readFileSync(join(cwd, "headroom.config.yaml"), "utf8"), "ignore: []\n");
    assert.equal(headroom(cli, ["lint", "deploy", "--fail-on", "info"], { cwd }).exit, 0);
  });
});

describe("headroom init on a terminal", () => {
  /** Somebody who types these lines, then leaves. */
  async function talk(argv: readonly string[], typed: readonly string[], cwd: string) {
    const { terminal, said } = recorder();
    const asked: string[] = [];
    const lines = [...typed];
    const exit = await run(["init", ...argv], terminal, {
      cwd,
      stdin: new PassThrough(),
      startServer: () => {},
      converse: (talking) =>
        talking((question) => {
          asked.push(question);
          return Promise.resolve(lines.shift());
        }),
    });
    return { exit, asked, ...said };
  }

  it("asks for the stack and the few values, each with what is usual", async () => {
    const cwd = scratch();
    const { exit, asked } = await talk([], ["2", "acme/Chat-8B", "", "chat", "h200", "", "6"], cwd);
    assert.equal(exit, 0);
    assert.deepEqual(asked, [
      "Which stack? [wva-hpa] ",
      "Model on Hugging Face [Qwen/Qwen3-32B] ",
      "Name of the model server [chat-8b] ",
      "Namespace [llm] ",
      "GPU (H100, H200, B200, A100, L40S) [H100] ",
      "GPUs for a replica [2] ",
      "Most replicas [4] ",
    ]);
    const text = readFileSync(join(cwd, "autoscaling.yaml"), "utf8");
    assert.match(text, /^kind: ScaledObject\n/m);
    assert.match(text, /^ {2}name: chat-8b\n {2}namespace: chat\n/m);
    assert.match(text, /^ {2}maxReplicaCount: 6\n/m);
  });

  it("asks only for what no option says", async () => {
    const cwd = scratch();
    const { exit, asked } = await talk(["pd", "--name=chat", "--gpu=H200"], ["", "", ""], cwd);
    assert.equal(exit, 0);
    assert.deepEqual(asked, ["Model on Hugging Face [Qwen/Qwen3-32B] ", "Namespace [llm] ", "GPUs for a replica [2] "]);
  });

  it("does not ask with --yes", async () => {
    const { exit, asked } = await talk(["pd", "--yes"], [], scratch());
    assert.deepEqual([exit, asked], [0, []]);
  });

  it("asks again after a slip, and says what it takes", async () => {
    const { exit, err } = await talk(
      ["pd", "--model=a/b", "--namespace=c"],
      ["B", "b", "H1", "H100", "9", "8"],
      scratch(),
    );
    assert.equal(exit, 0);
    assert.equal(
      err,
      `This takes lower-case letters, digits and dashes, a letter first, at most 50, not "B".
This takes H100, H200, B200, A100 or L40S, not "H1".
This takes 1, 2, 4 or 8, not "9".
`,
    );
  });

  it("tells a mistake on the command line before it asks anything", async () => {
    const { exit, asked } = await talk(["pd", "--gpu=TPU"], [], scratch());
    assert.deepEqual([exit, asked], [2, []]);
  });

  it("writes nothing when they leave", async () => {
    for (const typed of [[], ["pd"], ["pd", "", "chat", "llm"]]) {
      const cwd = scratch();
      const { exit, err } = await talk([], typed, cwd);
      assert.deepEqual([exit, filesIn(cwd)], [2, []]);
      assert.match(err, /\nNothing was written\.\n$/);
    }
  });

  it("hears lines that come at once, and the end of them", async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    input.end("one\ntwo\n");
    const heard = await converse(input, output, async (ask) => [await ask("1? "), await ask("2? "), await ask("3? ")]);
    assert.deepEqual(heard, ["one", "two", undefined]);
    assert.equal(String(output.read()), "1? 2? 3? \n");
  });
});
