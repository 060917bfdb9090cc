// Loaded before a program under test: whoever opens a socket is named on stderr and stopped.
const net = require("node:net");
const dgram = require("node:dgram");
const dns = require("node:dns");

function forbid(owner, name) {
  owner[name] = () => {
    process.stderr.write(`SOCKET ${name}\n`);
    process.exit(97);
  };
}

forbid(net.Socket.prototype, "connect");
forbid(net.Server.prototype, "listen");
forbid(dgram, "createSocket");
for (const name of ["lookup", "resolve", "resolve4", "resolve6"]) forbid(dns, name);
forbid(globalThis, "fetch");
