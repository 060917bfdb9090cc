// Stands in for argon2, which hashes the password of a code-server that asks for one. Ours listens on loopback without.
const refuse = async () => {
  throw new Error("This VS Code asks for no password: argon2 is not built in the test host.");
};
exports.hash = refuse;
exports.verify = refuse;
