import assert from 'node:assert/strict';
import { createCliModels, explainKeys } from '../../../src/cli/cliModels';
import { ANTHROPIC, keyFor, settingsOf } from '../../../src/cli/cliSettings';
import type { Environment } from '../../../src/cli/command';
import { ModelError } from '../../../src/core/agent/turn/model';
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
    assert.deepEqual([bare.baseUrl, bare.autonomy, bare.hooks], [ANTHROPIC, 'ask', 'on']);
    const fromEnv = settingsOf(env, argumentsOf());
    assert.deepEqual([fromEnv.model, fromEnv.baseUrl], ['from-env', GATEWAY]);
    const given = settingsOf(
      env,
      argumentsOf({ model: 'm', 'base-url': 'http://127.0.0.1:1', autopilot: true }),
    );
    assert.deepEqual([given.model, given.baseUrl, given.autonomy], ['m', 'http://127.0.0.1:1', 'autopilot']);
  });

  it('say how the sandbox is used, and refuse what is no way to', () => {
    const sandbox = (env: Environment, args: Readonly<Record<string, string>> = {}) =>
      settingsOf(env, argumentsOf(args)).sandbox;
    assert.deepEqual(sandbox({}), { mode: 'off', hosts: [] });
    const env = { EARSHOT_SANDBOX: 'when-available', EARSHOT_SANDBOX_HOSTS: 'a.example, b.example' };
    assert.deepEqual(sandbox(env), { mode: 'whenAvailable', hosts: ['a.example', 'b.example'] });
    assert.equal(sandbox(env, { sandbox: 'required' })?.mode, 'required');
    assert.throws(() => sandbox({ EARSHOT_SANDBOX: 'on' }), /“on” is no way to use the sandbox/);
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

  it('are those of Bedrock by the name, where a region is set and there are credentials', async () => {
    const model = { EARSHOT_MODEL: 'bedrock:eu.anthropic.claude-sonnet-5-5-v1:0' };
    const noRegion = await current(model);
    assert.ok('missing' in noRegion && noRegion.message.includes('AWS_REGION'));
    const noPlace = await current({ ...model, AWS_REGION: 'evil.example/x' });
    assert.ok('missing' in noPlace && noPlace.message.includes('no AWS region'));
    const noId = await current({ EARSHOT_MODEL: 'bedrock:', AWS_REGION: 'eu-central-1' });
    assert.ok('missing' in noId && noId.message.includes('id of a model'));
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
