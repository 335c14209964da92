import assert from 'node:assert/strict';
import { createCliModels, explainKeys } from '../../../src/cli/cliModels';
import { ANTHROPIC, keyFor, settingsOf } from '../../../src/cli/cliSettings';
import type { Environment } from '../../../src/cli/command';
import { ModelError } from '../../../src/core/agent/model';
import { collect } from '../../support/collect';
import { createScriptedModel } from '../../support/scriptedModel';
import { argumentsOf } from './captured';

const GATEWAY = 'https://gateway.example:8443';

describe('settings of the command line', () => {
  it('come from options, then the environment, then defaults', () => {
    const env = {
      EARSHOT_MODEL: 'from-env',
      EARSHOT_BASE_URL: GATEWAY,
      ANTHROPIC_BASE_URL: 'https://elsewhere.example',
    };
    const bare = settingsOf({ ANTHROPIC_BASE_URL: 'https://elsewhere.example' }, argumentsOf());
    assert.deepEqual([bare.baseUrl, bare.autonomy, bare.hooks], [ANTHROPIC, 'ask', 'off']);
    const fromEnv = settingsOf(env, argumentsOf());
    assert.deepEqual([fromEnv.model, fromEnv.baseUrl], ['from-env', GATEWAY]);
    const given = settingsOf(
      env,
      argumentsOf({ model: 'm', 'base-url': 'http://127.0.0.1:1', autopilot: true }),
    );
    assert.deepEqual([given.model, given.baseUrl, given.autonomy], ['m', 'http://127.0.0.1:1', 'autopilot']);
  });
});

describe('keyFor', () => {
  const both: Environment = {
    ANTHROPIC_API_KEY: 'anthropic',
    EARSHOT_API_KEY: 'own',
    EARSHOT_BASE_URL: `${GATEWAY}/v1`,
  };
  const cases: readonly (readonly [
    what: string,
    env: Environment,
    origin: string,
    key: string | undefined,
  ])[] = [
    ['the key of the server that is named with it', both, GATEWAY, 'own'],
    ['Anthropic’s for Anthropic', both, ANTHROPIC, 'anthropic'],
    ['none for another port', both, 'https://gateway.example', undefined],
    ['none over another scheme', both, 'http://gateway.example:8443', undefined],
    ['none for a server that only an option names', both, 'http://127.0.0.1:11434', undefined],
    ['none without an address', { EARSHOT_API_KEY: 'own' }, ANTHROPIC, undefined],
    [
      'the own one for Anthropic when it is named',
      { ...both, EARSHOT_BASE_URL: ANTHROPIC },
      ANTHROPIC,
      'own',
    ],
    ['none when it is empty', { ANTHROPIC_API_KEY: '' }, ANTHROPIC, undefined],
  ];
  for (const [what, env, origin, key] of cases) {
    it(`gives ${what}`, () => assert.equal(keyFor(env, origin), key));
  }
});

describe('models of the command line', () => {
  const current = (env: Environment) =>
    createCliModels(env, {
      get: () => settingsOf(env, argumentsOf()),
      onDidChange: () => ({ dispose() {} }),
    }).current();

  it('are missing without a key for Anthropic, and with an address that is none', async () => {
    const noKey = await current({ EARSHOT_API_KEY: 'x' });
    assert.ok('missing' in noKey && noKey.missing === 'key' && noKey.message.includes('ANTHROPIC_API_KEY'));
    const noAddress = await current({ EARSHOT_BASE_URL: 'file:///etc' });
    assert.ok(
      'missing' in noAddress &&
        noAddress.missing === 'setting' &&
        noAddress.message.includes('EARSHOT_BASE_URL'),
    );
  });

  it('need no key for another server', async () => {
    const found = await current({ EARSHOT_BASE_URL: 'http://127.0.0.1:11434', EARSHOT_MODEL: 'local' });
    assert.ok('model' in found && found.model.name === 'local');
  });

  it('say what is wrong in the variables that tune them', () => {
    const read = (env: Environment) => settingsOf(env, argumentsOf());
    assert.throws(() => read({ EARSHOT_EFFORT: 'hgih' }), /EARSHOT_EFFORT is "hgih"\. Use default, low/);
    assert.throws(() => read({ EARSHOT_MODELS: '{"x": "a"}' }), /EARSHOT_MODELS has no role “x”/);
    const { models, effort } = read({ EARSHOT_MODELS: '{"review": "a"}', EARSHOT_EFFORT: 'low' });
    assert.deepEqual([models, effort], [{ review: 'a' }, 'low']);
  });

  it('say which variable holds a key that was refused, and leave other failures as they are', async () => {
    const failing = (reason: 'auth' | 'server') => {
      const model = createScriptedModel({ turns: [] });
      const stream = async function* () {
        if (model.rehearsed) yield { type: 'text' as const, text: '' };
        throw new ModelError(reason, 'Refused.');
      };
      return explainKeys({ ...model, stream }, ANTHROPIC);
    };
    const refused = (await collect(failing('auth'))).error;
    assert.ok(refused instanceof ModelError && refused.reason === 'auth');
    assert.equal(refused.message, 'Refused. On the command line the key comes from ANTHROPIC_API_KEY.');
    const other = (await collect(failing('server'))).error;
    assert.ok(other instanceof ModelError && other.message === 'Refused.');
  });
});
