/** The JSON schema of `.kiro/settings/earshot.json` is made of the rules themselves. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DIALECTS, LEVELS, RULE_SETS } from '../../src/core/lint/config';
import { rules } from '../../src/core/lint/rules';

const FILE = resolve(__dirname, '../../media/earshot.schema.json');

function schema() {
  const properties = Object.fromEntries(
    rules.map(({ id, code, title, why }) => [
      id,
      { enum: LEVELS, markdownDescription: `**${title}** (${code})\n\n${why}` },
    ]),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Earshot in this workspace',
    type: 'object',
    properties: {
      lint: {
        type: 'object',
        additionalProperties: false,
        description: 'Which rules speak, in the editor and in CI.',
        properties: {
          dialect: { enum: DIALECTS, default: 'kiro', description: 'How strictly criteria follow EARS.' },
          rules: { enum: RULE_SETS, default: 'recommended', description: 'Which set of rules speaks.' },
          severities: {
            type: 'object',
            description: 'How much single rules matter, by id or code.',
            properties,
            additionalProperties: { enum: LEVELS },
          },
        },
      },
    },
  };
}

describe('the schema of the workspace’s settings', () => {
  it('knows every rule (UPDATE_GOLDENS=1 writes it)', () => {
    const text = `${JSON.stringify(schema(), undefined, 2)}\n`;
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(FILE, text);
    assert.equal(readFileSync(FILE, 'utf8'), text);
  });
});
