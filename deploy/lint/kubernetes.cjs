// kubernetes.cjs MANIFESTS NODE-FOLDER: each object against the API's types, by the TypeScript compiler. A field that the API does
// not know, one that is missing and one of the wrong type are errors. What the types cannot say (names, ranges, references) is below.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseAllDocuments } = require('yaml');
const ts = require('typescript');

const [manifests, folder] = process.argv.slice(2);
const modules = {
  'v1': 'core/v1',
  'apps/v1': 'apps/v1',
  'networking.k8s.io/v1': 'networking/v1',
  'policy/v1': 'policy/v1',
  'rbac.authorization.k8s.io/v1': 'rbac/v1',
};
const documents = parseAllDocuments(readFileSync(manifests, 'utf8'));
const objects = documents.map(document => {
  if (document.errors.length > 0) throw document.errors[0];
  return document.toJS();
}).filter(object => object !== null);

const lines = objects.map((object, index) => {
  const module = modules[object.apiVersion];
  if (!module) throw new Error(`${object.kind} ${object.metadata?.name}: no types for ${object.apiVersion}`);
  return `export const object${index}: import("kubernetes-types/${module}").${object.kind} = ${JSON.stringify(object)};`;
});
const source = join(folder, 'manifests.ts');
writeFileSync(source, lines.join('\n'));
const program = ts.createProgram([source], { noEmit: true, strict: true, skipLibCheck: true, types: [], moduleResolution: ts.ModuleResolutionKind.Node10, ignoreDeprecations: '5.0' });
const problems = ts.getPreEmitDiagnostics(program).map(problem => {
  const line = problem.file?.fileName === source ? problem.file.getLineAndCharacterOfPosition(problem.start).line : -1;
  const object = objects[line];
  return `${object ? `${object.kind} ${object.metadata.name}: ` : ''}${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`;
});

const byName = (kind, name) => objects.some(object => object.kind === kind && object.metadata.name === name);
const label = /^(?:[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
for (const object of objects) {
  const where = `${object.kind} ${object.metadata.name}`;
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(object.metadata.name)) problems.push(`${where}: no valid name`);
  for (const [key, value] of Object.entries(object.metadata.labels ?? {})) {
    if (!label.test(key) || !/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(value)) problems.push(`${where}: label ${key}=${value}`);
  }

  const template = object.spec?.template;
  if (template) {
    for (const [key, value] of Object.entries(object.spec.selector.matchLabels)) {
      if (template.metadata.labels[key] !== value) problems.push(`${where}: its selector does not select its own pods (${key})`);
    }

    const pod = template.spec;
    const volumes = new Set([...(pod.volumes ?? []), ...(object.spec.volumeClaimTemplates ?? []).map(claim => claim.metadata)].map(volume => volume.name));
    if (pod.serviceAccountName && !byName('ServiceAccount', pod.serviceAccountName)) problems.push(`${where}: no service account ${pod.serviceAccountName}`);
    for (const container of pod.containers) {
      const ports = new Set((container.ports ?? []).map(port => port.name));
      for (const mount of container.volumeMounts ?? []) if (!volumes.has(mount.name)) problems.push(`${where}: mounts ${mount.name}, which is no volume`);
      for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
        const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
        if (typeof port === 'string' && !ports.has(port)) problems.push(`${where}: probes port ${port}, which has no such name`);
      }
      for (const from of container.envFrom ?? []) if (from.configMapRef && !byName('ConfigMap', from.configMapRef.name)) problems.push(`${where}: no ConfigMap ${from.configMapRef.name}`);
    }
  }

  // A budget or a service that selects no pod does nothing, silently.
  if (object.kind === 'PodDisruptionBudget' || object.kind === 'Service') {
    const selector = object.spec.selector.matchLabels ?? object.spec.selector;
    const selected = objects.some(other => other.spec?.template && Object.entries(selector).every(([key, value]) => other.spec.template.metadata.labels[key] === value));
    if (!selected) problems.push(`${where}: selects no pod`);
  }
}

for (const line of problems) console.log(line);
console.log(`${objects.length} objects`);
process.exit(problems.length === 0 ? 0 : 1);
