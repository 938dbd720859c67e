// Compiles every spec of the suite to OpenAPI 3.1, in one process: `compile.mjs SPECS OUT`. A spec is a folder with a
// `main.tsp`; its document, or one for each of its versions, goes into the folder of the same path in OUT.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { NodeHost, compile } from "@typespec/compiler";

// The emitter looks parameters up by name in plain objects, and fails for one that is called `constructor`.
delete Object.prototype.constructor;

const [specs, out] = process.argv.slice(2).map((it) => path.resolve(it));
const files = await readdir(specs, { recursive: true });
const mains = files.filter((it) => path.basename(it) === "main.tsp").sort();
for (const main of mains) {
  const folder = path.dirname(main);
  const program = await compile(NodeHost, path.join(specs, main), {
    emit: ["@typespec/openapi3"],
    options: {
      "@typespec/openapi3": {
        "emitter-output-dir": path.join(out, folder),
        "openapi-versions": ["3.1.0"],
        "file-type": "json",
      },
    },
  });
  // The emitter says so of what OpenAPI has no form for, and writes the rest.
  for (const problem of program.diagnostics.filter((it) => it.severity === "error")) {
    console.log(`${folder}: ${problem.message}`);
  }
}
