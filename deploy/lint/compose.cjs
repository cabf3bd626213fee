// compose.cjs SCHEMA COMPOSE-FILE: the file against the JSON schema of the compose specification.
const { readFileSync } = require('node:fs');
const Ajv = require('ajv').default;
const { parse } = require('yaml');

const [schema, file] = process.argv.slice(2);
const document = parse(readFileSync(file, 'utf8'), { merge: true });
// Ids of an older draft of JSON schema, which nothing refers to.
const specification = JSON.parse(readFileSync(schema, 'utf8'), (key, value) => (key === '$schema' || (key === 'id' && String(value).startsWith('#')) ? undefined : value));
delete specification.id;
// Younger than Debian 12's copy of the schema.
specification.properties.name ??= { type: 'string' };
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
const valid = ajv.validate(specification, document);
for (const error of valid ? [] : ajv.errors) console.log(`${error.instancePath || '/'}: ${error.message} ${JSON.stringify(error.params)}`);

// What a schema cannot say: everything that is named is there.
const missing = [];
for (const [name, service] of Object.entries(document.services)) {
  for (const other of Array.isArray(service.depends_on) ? service.depends_on : Object.keys(service.depends_on ?? {})) {
    if (!document.services[other]) missing.push(`${name} depends on ${other}, which is no service`);
  }
  for (const secret of (service.secrets ?? []).map(entry => entry.source ?? entry)) if (!document.secrets[secret]) missing.push(`${name} reads ${secret}, which is no secret`);
  for (const volume of service.volumes ?? []) {
    const source = volume.split(':')[0];
    if (!source.startsWith('.') && !(source in document.volumes)) missing.push(`${name} mounts ${source}, which is no volume`);
  }
}
for (const line of missing) console.log(line);
process.exit(valid && missing.length === 0 ? 0 : 1);
