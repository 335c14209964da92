import assert from 'node:assert/strict';
import { ActError } from '../../../../../src/core/actError';
import type { AwsCredentials } from '../../../../../src/node/models/bedrock/accounts';
import { awsPlaces } from '../../../../../src/node/models/bedrock/awsPlaces';
import { createBedrockModel } from '../../../../../src/node/models/bedrock/bedrockModel';
import { environmentCredentials } from '../../../../../src/node/models/bedrock/environmentCredentials';
import { listBedrockModels } from '../../../../../src/node/models/bedrock/listBedrockModels';
import { nodeClock } from '../../../../../src/node/nodePorts';
import { type AwsStandIn, STAND_IN_REGION, startAwsStandIn } from '../../../../support/awsStandIn';
import { collect } from '../../../../support/collect';

const MODEL = 'eu.anthropic.claude-sonnet-5-5-v1:0';
const CREDENTIALS: AwsCredentials = {
  accessKeyId: 'ASIASTANDIN',
  secretAccessKey: 'secret/of+the=role',
  sessionToken: 'session//token==',
  expiresAt: Number.MAX_SAFE_INTEGER,
};

function modelAt(aws: AwsStandIn, credentials = async () => CREDENTIALS, region = STAND_IN_REGION) {
  const places = awsPlaces(aws.url);
  return createBedrockModel({ name: MODEL, region, places, credentials, clock: nodeClock, maxRetries: 0 });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

describe('Claude on Amazon Bedrock', () => {
  it('signs requests, and reads text, tool calls and usage from the event stream', async () => {
    const aws = await startAwsStandIn();
    const input = { path: 'grüße 🙂.ts' };
    const usage = { input_tokens: 11, output_tokens: 22, cache_read_input_tokens: 33 };
    aws.turns.push({ text: 'Reading it. 🙂', tools: [{ name: 'read_file', input }], usage });
    const { text, end, error } = await collect(modelAt(aws));
    assert.deepEqual(aws.faults, []);
    assert.equal(error, undefined);
    assert.equal(text, 'Reading it. 🙂');
    assert.equal(end?.stop, 'tool_use');
    const call = end?.content.find((block) => block.type === 'tool_use');
    assert.deepEqual(call?.type === 'tool_use' && call.input, input);
    assert.deepEqual(end?.usage, {
      inputTokens: 11,
      outputTokens: 22,
      cacheReadTokens: 33,
      cacheWriteTokens: 0,
    });
    const asked = aws.requests.at(-1);
    assert.equal(asked?.path, `/model/${MODEL}/invoke-with-response-stream`);
    assert.equal(asked?.body.anthropic_version, 'bedrock-2023-05-31');
    assert.equal('model' in (asked?.body ?? {}) || 'stream' in (asked?.body ?? {}), false);
  });

  it('takes keys of the environment, with a token or without', async () => {
    const aws = await startAwsStandIn();
    const { accessKeyId, secretAccessKey, sessionToken } = CREDENTIALS;
    const lasting = environmentCredentials(async () => ({ accessKeyId, secretAccessKey }));
    assert.equal((await lasting()).sessionToken, undefined);
    const chain = async () => ({ accessKeyId, secretAccessKey, sessionToken: sessionToken ?? '' });
    aws.turns.push({ text: 'Signed.' });
    assert.equal((await collect(modelAt(aws, environmentCredentials(chain)))).text, 'Signed.');
    assert.deepEqual(aws.faults, []);
  });

  it('says what to set where there are none', async () => {
    const chain = () => Promise.reject(new Error('Could not load credentials from any providers'));
    const aws = await startAwsStandIn();
    const { error } = await collect(modelAt(aws, environmentCredentials(chain)));
    assert.match(messageOf(error), /AWS_ACCESS_KEY_ID.*AWS_PROFILE.*aws sso login.*Could not load/s);
    assert.equal(aws.requests.length, 0);
  });

  it('is refused with another secret or region: the stand-in looks', async () => {
    const aws = await startAwsStandIn();
    await collect(modelAt(aws, async () => ({ ...CREDENTIALS, secretAccessKey: 'another' })));
    await collect(modelAt(aws, undefined, 'us-east-1'));
    assert.match(aws.faults[0] ?? '', /another signature/);
    assert.match(aws.faults[1] ?? '', /another scope: us-east-1/);
  });

  const refusals: readonly (readonly [status: number, type: string, said: string, told: RegExp])[] = [
    [403, 'ExpiredTokenException', 'The security token included in the request is expired', /Sign in again/],
    [
      403,
      'AccessDeniedException',
      "You don't have access to the model with the specified model ID.",
      /enabled in the Bedrock console/,
    ],
    [
      403,
      'AccessDeniedException',
      'User is not authorized to perform: bedrock:InvokeModelWithResponseStream',
      /role does not allow/,
    ],
    [
      400,
      'ValidationException',
      'Invocation of model ID x with on-demand throughput isn’t supported.',
      /inference profile/,
    ],
    [
      400,
      'ValidationException',
      'The provided model identifier is invalid.',
      /in eu-central-1 does not offer/,
    ],
    [
      404,
      'ResourceNotFoundException',
      'Could not resolve the foundation model',
      /in eu-central-1 does not offer/,
    ],
    [429, 'ThrottlingException', 'Too many tokens, please wait before trying again.', /rate limit/],
  ];
  for (const [status, type, message, told] of refusals) {
    it(`says what ${status} “${message.slice(0, 40)}” means`, async () => {
      const aws = await startAwsStandIn();
      aws.turns.push({ status, type, message });
      const { error } = await collect(modelAt(aws));
      assert.match(messageOf(error), told);
    });
  }

  it('fails when the stream says so in its middle, with what was told until then', async () => {
    const aws = await startAwsStandIn();
    aws.turns.push({ exception: 'throttlingException', after: 3 });
    const { text, error } = await collect(modelAt(aws));
    assert.equal(text, 'Half ');
    assert.match(messageOf(error), /takes no more requests for now/);
  });

  it('tells why there are no credentials, without asking Bedrock', async () => {
    const aws = await startAwsStandIn();
    const credentials = async () =>
      Promise.reject(new ActError('modelFailed', 'Your sign-in to AWS has expired.'));
    const { error } = await collect(modelAt(aws, credentials));
    assert.equal(messageOf(error), 'Your sign-in to AWS has expired.');
    assert.equal(aws.requests.length, 0);
  });

  it('lists the profiles of Anthropic’s models', async () => {
    const aws = await startAwsStandIn();
    const found = await listBedrockModels(CREDENTIALS, awsPlaces(aws.url), STAND_IN_REGION);
    assert.deepEqual(aws.faults, []);
    const id = 'eu.anthropic.claude-sonnet-5-5';
    assert.deepEqual(found, [{ id, name: `Name of ${id}` }]);
  });
});
