// Compiles every spec of the suite to OpenAPI 3.1, in one process: `compile.mjs SPECS OUT`. A spec is a folder with a
// `main.tsp`; its document, or one for each of its versions, goes into the folder of the same path in OUT.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { NodeHost, compile } from "@typespec/compiler";
import { getOpenAPI3 } from "@typespec/openapi3";

// The emitter looks parameters up by name in plain objects, and fails for one that is called `constructor`.
delete Object.prototype.constructor;

const [specs, out] = process.argv.slice(2).map((it) => path.resolve(it));
const files = await readdir(specs, { recursive: true });
const mains = files.filter((it) => path.basename(it) === "main.tsp").sort();
for (const main of mains) {
  const spec = path.dirname(main);
  const program = await compile(NodeHost, path.join(specs, main), { noEmit: true });
  const services = await getOpenAPI3(program, { "openapi-versions": ["3.1.0"] });
  const folder = path.join(out, spec);
  await mkdir(folder, { recursive: true });
  for (const { document, diagnostics, version } of services.flatMap((it) => it.versions ?? it)) {
    // The emitter says so of what OpenAPI has no form for; as a command, it would write nothing then.
    for (const problem of diagnostics.filter((it) => it.severity === "error")) {
      console.log(`${spec}: ${problem.message}`);
    }
    const name = version === undefined ? "openapi.json" : `openapi.${version}.json`;
    await writeFile(path.join(folder, name), `${JSON.stringify(document, null, 2)}\n`);
  }
}
