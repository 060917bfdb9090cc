import assert from "node:assert/strict";
import { it } from "node:test";
import { pageHtml } from "../../client/preview/html.ts";

const sources = {
  nonce: "b2Zm",
  cspSource: "https://*.example",
  script: "https://x.example/dist/preview.js",
  style: "https://x.example/dist/preview.css",
  topology: "https://x.example/dist/topology.js",
};

it("a page may run its own scripts and show its own styles, and reach nothing else", () => {
  const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(pageHtml(sources)) ?? [];
  assert.deepEqual(policy.split("; "), [
    "default-src 'none'",
    "script-src 'nonce-b2Zm'",
    "style-src 'nonce-b2Zm' https://*.example",
    "img-src https://*.example data: blob:",
    "font-src 'none'",
    "connect-src https://*.example",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

it("the policy stands before everything that it judges", () => {
  const html = pageHtml(sources);
  const policy = html.indexOf("Content-Security-Policy");
  assert.ok(policy < html.indexOf("<link") && policy < html.indexOf("<script"));
});

it("every script and style carries the nonce, and nothing is written into the page itself", () => {
  const html = pageHtml(sources);
  const loaded = [...html.matchAll(/<(script|link)\b[^>]*>/g)].map(([tag]) => tag);
  assert.equal(loaded.length, 2);
  for (const tag of loaded) assert.match(tag, /(src|href)="https:\/\/x\.example\/dist\/.*" nonce="b2Zm"/);
  assert.doesNotMatch(html, /<style|\son\w+=|\sstyle=/);
});

it("an address with a quote stays an address", () => {
  const html = pageHtml({ ...sources, script: 'https://x.example/"><script>alert(1)</script>' });
  assert.doesNotMatch(html, /<script>alert/);
});
