// Loaded into a server before its own code. Writes down each socket, name look-up and process that it opens, and each
// file that it reads or writes.
const childProcess = require("node:child_process");
const dgram = require("node:dgram");
const dns = require("node:dns");
const fs = require("node:fs");
const net = require("node:net");

const { appendFileSync } = fs;
let writing = false;

function note(line) {
  if (writing) return;
  writing = true;
  appendFileSync(process.env.HEADROOM_WITNESS, `${line}\n`);
  writing = false;
}

function watch(object, names, word) {
  for (const name of names) {
    const real = object[name];
    object[name] = function (...args) {
      note(`${word} ${typeof args[0] === "string" ? args[0] : JSON.stringify(args[0])}`);
      return real.apply(this, args);
    };
  }
}

watch(net.Socket.prototype, ["connect"], "socket");
watch(net.Server.prototype, ["listen"], "listen");
watch(dns, ["lookup", "resolve"], "lookup");
watch(dgram, ["createSocket"], "datagram");
watch(childProcess, ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"], "process");
watch(fs, ["open", "openSync", "readFile", "readFileSync", "createReadStream"], "read");
watch(fs.promises, ["open", "readFile", "readdir"], "read");
const writes = ["writeFile", "appendFile", "mkdir", "rename", "rm", "unlink", "copyFile", "symlink"];
watch(fs, [...writes, ...writes.map((name) => `${name}Sync`), "createWriteStream"], "write");
watch(fs.promises, writes, "write");
