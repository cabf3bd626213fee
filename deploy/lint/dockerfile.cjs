// dockerfile.cjs DOCKERFILE: syntax, instructions and flags.
const { readFileSync } = require('node:fs');
const { validate } = require('dockerfile-utils');

const problems = validate(readFileSync(process.argv[2], 'utf8'));
for (const problem of problems) console.log(`line ${problem.range.start.line + 1}: ${problem.message}`);
process.exit(problems.length === 0 ? 0 : 1);
