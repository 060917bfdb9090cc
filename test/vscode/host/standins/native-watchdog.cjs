// Stands in for native-watchdog, which ends an extension host whose server died. We end the whole process group ourselves.
exports.start = () => {};
exports.exit = (code) => process.exit(code);
