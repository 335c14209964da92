/** `EARSHOT_MODEL=bedrock:<id>`: Claude on Amazon Bedrock, with the credentials that AWS's own tools would use. */
import { ActError } from '../core/actError';
import type { Models } from '../core/ports';
import { awsPlaces, isRegion } from '../node/models/bedrock/awsPlaces';
import type { Tuning } from '../node/models/requestBody';
import { nodeClock } from '../node/nodePorts';
import type { Environment } from './command';

const WORDS = {
  signIn: 'Renew them (“aws sso login” for a profile of IAM Identity Center)',
  chooseModel: 'Name another with --model or EARSHOT_MODEL',
  chooseRole: 'Use another profile (AWS_PROFILE)',
  chooseRegion: 'another region with AWS_REGION',
} as const;

export async function bedrockOf(
  env: Environment,
  name: string,
  tuning: Tuning,
): ReturnType<Models['current']> {
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || '';
  if (name === '')
    return {
      missing: 'setting',
      message: 'bedrock: is followed by the id of a model or an inference profile.',
    };
  if (!isRegion(region)) {
    const what = region === '' ? 'No AWS region is set' : `“${region}” is no AWS region`;
    return { missing: 'setting', message: `${what}. Put that of the models into AWS_REGION: eu-central-1.` };
  }
  const { createBedrockModel, environmentCredentials } = await import('../node/models/bedrock/wire');
  const credentials = environmentCredentials();
  try {
    // Before anything begins: a run that cannot ask its model is none.
    await credentials();
  } catch (error) {
    if (error instanceof ActError) return { missing: 'key', message: error.message };
    throw error;
  }
  const places = awsPlaces(env.EARSHOT_AWS_ENDPOINT || undefined);
  return {
    model: createBedrockModel({ name, region, places, credentials, clock: nodeClock, tuning, words: WORDS }),
  };
}
