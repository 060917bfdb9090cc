// Stands in for @vscode/spdlog. It does write the files: VS Code shows an extension's output channel from such a file.
const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const levels = ["trace", "debug", "info", "warn", "error", "critical"];

class Logger {
  #file;
  #level = 0;
  #plain = false;

  constructor(_type, _name, file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  getLevel() {
    return this.#level;
  }

  setLevel(level) {
    this.#level = level;
  }

  /** Output channels want their text as it is: no time, no level, no end of line. */
  clearFormatters() {
    this.#plain = true;
  }

  setPattern() {}
  flush() {}
  drop() {}

  write(level, message) {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace("T", " ").replace("Z", "");
    appendFileSync(this.#file, this.#plain ? message : `${time} [${levels[level]}] ${message}\n`);
  }
}

for (const [level, name] of levels.entries()) {
  Logger.prototype[name] = function log(message) {
    this.write(level, message);
  };
}

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (name, file) => new Logger("rotating", name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger("rotating_async", name, file);
