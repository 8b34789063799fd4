// Reads documents with the official parsers, for `ci/pictures`: node pictures.mjs MODULES FILE..
// A file that ends with .json is AsyncAPI, another one Mermaid. MODULES is the folder with the npm packages.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { Parser } = require('@asyncapi/parser');
const { JSDOM } = require('jsdom');

// Mermaid is written for a browser.
const { window } = new JSDOM('');
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import(require.resolve('mermaid').replace(/[^/]*$/, 'mermaid.core.mjs'));
mermaid.initialize({ startOnLoad: false, flowchart: { htmlLabels: false } });

let failed = false;
const report = (file, errors) => {
  console.log(`${errors.length === 0 ? 'valid  ' : 'INVALID'} ${file}`);
  errors.slice(0, 10).forEach((error) => console.log(`  ${error}`));
  failed ||= errors.length > 0;
};

for (const file of files) {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.json')) {
    const { document, diagnostics } = await new Parser().parse(text);
    const errors = diagnostics.filter((found) => found.severity === 0);
    const said = errors.map((found) => `${found.path.join('.')}: ${found.message}`);
    report(file, document || said.length > 0 ? said : ['it is no document']);
  } else {
    const error = await mermaid.parse(text).then(() => null, (error) => error);
    // GitHub refuses a longer text as well.
    const long = text.length > 50_000 ? [`it has ${text.length} characters`] : [];
    report(file, error ? [String(error.message ?? error), ...long] : long);
  }
}
process.exit(failed ? 1 : 0);
