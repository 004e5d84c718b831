// Writes src/api/schema.d.ts from the server's own description. Usage: npm run api [file or address], by default the address of a
// server that runs on this machine.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const source = process.argv[2] ?? "http://127.0.0.1:8080/openapi.json";
const document = source.startsWith("http") ? await (await fetch(source)).json() : JSON.parse(await readFile(source, "utf8"));
const types = astToString(await openapiTS(document, { defaultNonNullable: false }));
await writeFile(
  new URL("../src/api/schema.d.ts", import.meta.url),
  `// Made by npm run api from the server's OpenAPI document; not written by hand.\n${types}`,
);
