import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Conversation, pace, quiet } from "../../client/preview/conversation.ts";
import type { ToPage } from "../../client/preview/messages.ts";
import { type Question, usualQuestion } from "../../server/forecast/question.ts";
import { FakeWorld, settled } from "./support/fake-world.ts";

const uri = "file:///deploy/hpa.yaml";

function preview(question: Partial<Question> = {}) {
  const world = new FakeWorld();
  const state = { uri, question: { ...usualQuestion, ...question }, tab: "timelines" } as const;
  return { world, conversation: new Conversation(world, state) };
}

const rate = (value: number): Question => ({ ...usualQuestion, traffic: { name: "steady", rate: value } });
const kinds = (told: readonly ToPage[]) => told.map(({ type }) => type);
const rates = (told: readonly ToPage[]) =>
  told.flatMap((message) => (message.type === "forecast" ? [message.question.traffic.rate] : []));

describe("a preview", () => {
  it("asks nothing before its page is there", async () => {
    const { world, conversation } = preview();
    conversation.outdate();
    assert.equal(world.asked.length, 0);
    conversation.arrive("chat");
    assert.equal(world.asked.length, 1);
    await world.answer();
    assert.deepEqual(kinds(world.told), ["start", "forecast"]);
  });

  it("asks the newest of the questions that came while one was under way, and no other", async () => {
    const { world, conversation } = preview();
    conversation.arrive("chat");
    for (const value of [1, 2, 3, 4]) conversation.ask(rate(value));
    assert.equal(world.asked.length, 1);
    world.pass(pace);
    await world.answer();
    assert.equal(world.asked.length, 2);
    await world.answer();
    assert.deepEqual(rates(world.told), [undefined, 4]);
    assert.equal(world.open.length, 0);
  });

  it("does not ask faster than its pace, however fast the answers are", async () => {
    const { world, conversation } = preview();
    conversation.arrive("chat");
    await world.answer();
    conversation.outdate();
    assert.equal(world.asked.length, 1);
    world.pass(pace);
    assert.equal(world.asked.length, 2);
  });

  it("drops the answer about a model that nobody looks at any more", async () => {
    const { world, conversation } = preview({ target: "chat" });
    conversation.arrive("chat");
    conversation.ask({ ...usualQuestion, target: "batch" });
    await world.answer();
    assert.deepEqual(kinds(world.told), ["start"]);
    world.pass(pace);
    await world.answer();
    assert.equal(world.told.at(-1)?.type, "forecast");
    assert.equal(world.asked.at(-1)?.question.target, "batch");
  });

  it("shows the fluid at once and settles in the background when nothing moves any more", async () => {
    const { world, conversation } = preview({ exact: true });
    conversation.arrive("chat");
    assert.equal(world.asked[0]?.question.exact, false);
    await world.answer();
    assert.deepEqual(world.told.at(-1), { type: "settling", isSettling: true });
    assert.equal(world.asked.length, 1);
    world.pass(quiet);
    assert.equal(world.asked[1]?.question.exact, true);
    await world.answer();
    assert.deepEqual(kinds(world.told), ["start", "forecast", "settling", "forecast", "settling"]);
    assert.deepEqual(world.told.at(-1), { type: "settling", isSettling: false });
  });

  it("cancels an exact run when something is typed, and its late answer is not shown", async () => {
    const { world, conversation } = preview({ exact: true });
    conversation.arrive("chat");
    await world.answer();
    world.pass(quiet);
    const [exact] = world.open;
    assert.equal(exact?.params.question.exact, true);
    conversation.outdate();
    assert.equal(exact?.signal.aborted, true);
    const before = world.told.length;
    await world.answer(exact);
    assert.equal(world.told.length, before);
  });

  it("rests while it is hidden, and catches up when it shows again", async () => {
    const { world, conversation } = preview();
    conversation.arrive("chat");
    await world.answer();
    conversation.leave();
    for (let typed = 0; typed < 5; typed += 1) conversation.outdate();
    world.pass(10_000);
    assert.equal(world.asked.length, 1);
    conversation.arrive("chat");
    assert.equal(world.asked.length, 2);
  });

  it("shows what it knows without asking when nothing changed while it was hidden", async () => {
    const { world, conversation } = preview();
    conversation.arrive("chat");
    await world.answer();
    conversation.leave();
    conversation.arrive("chat", "decisions");
    assert.equal(world.asked.length, 1);
    assert.deepEqual(kinds(world.told), ["start", "forecast", "start", "forecast"]);
    assert.equal(conversation.state.tab, "decisions");
  });

  it("says why there is no forecast, and tries again when the page comes back or the files change", async () => {
    const { world, conversation } = preview();
    conversation.arrive("chat");
    await world.refuse("The server is not running.");
    assert.deepEqual(world.told.at(-1), { type: "failed", sentence: "The server is not running." });
    world.pass(pace);
    assert.equal(world.asked.length, 1);
    conversation.leave();
    conversation.arrive("chat");
    assert.equal(world.asked.length, 2);
    await world.answer();
    assert.equal(world.told.at(-1)?.type, "forecast");
  });

  it("compares with what was chosen until nothing is compared with", async () => {
    const { world, conversation } = preview();
    conversation.arrive("chat");
    await world.answer();
    world.pass(pace);
    conversation.ask(usualQuestion, { kind: "git", ref: "HEAD" });
    await world.answer();
    assert.deepEqual(world.asked.at(-1)?.against, { kind: "git", ref: "HEAD" });
    world.pass(pace);
    conversation.ask(usualQuestion);
    assert.equal("against" in (world.asked.at(-1) ?? {}), false);
    assert.equal("against" in conversation.state, false);
  });

  it("ends with all that is under way", async () => {
    const { world, conversation } = preview();
    conversation.arrive("chat");
    const [fluid] = world.open;
    conversation.end();
    assert.equal(fluid?.signal.aborted, true);
    await settled();
    assert.deepEqual(kinds(world.told), ["start"]);
  });
});
