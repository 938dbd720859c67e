// Validates AsyncAPI documents: prints every error-level diagnostic, exits 1 if there is one.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Parser } from "@asyncapi/parser";

const ERROR = 0;
const parser = new Parser();
let failed = false;

for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await parser.parse(readFileSync(file, "utf8"), {
    source: pathToFileURL(file).href,
  });
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === ERROR);
  for (const { range, path, message } of errors) {
    const line = range.start.line + 1;
    const column = range.start.character + 1;
    console.error(`${file}:${line}:${column}: ${message} (/${path.join("/")})`);
  }
  if (errors.length > 0) {
    failed = true;
  } else if (document === undefined) {
    console.error(`${file}: the parser gave no document and no reason`);
    failed = true;
  } else {
    console.log(`${file}: OK`);
  }
}

process.exit(failed ? 1 : 0);
