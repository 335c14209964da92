import { APIError } from '@anthropic-ai/sdk/core/error';
import * as z from 'zod';
import { ActError } from '../../../core/actError';
import { errorMessage } from '../../../core/util/errorMessage';
import type { AwsCredentials } from './accounts';
import type { AwsPlaces } from './awsPlaces';
import { adviseOnBedrock } from './bedrockAdvice';
import { createBedrockClient } from './bedrockClient';

export interface BedrockModelChoice {
  readonly id: string;
  readonly name: string;
}

const pageSchema = z.looseObject({
  inferenceProfileSummaries: z.array(
    z.looseObject({ inferenceProfileId: z.string(), inferenceProfileName: z.string().optional() }),
  ),
});

/** The inference profiles of Anthropic's models in a region: what newer models are called by. */
export async function listBedrockModels(
  credentials: AwsCredentials,
  places: AwsPlaces,
  region: string,
): Promise<readonly BedrockModelChoice[]> {
  const client = createBedrockClient({ baseUrl: places.bedrock(region), region, credentials });
  try {
    const answer = await client.get('/inference-profiles', {
      query: { maxResults: 1000 },
      // A connection that was closed meanwhile is no reason to show no models; what is only read may be asked again.
      maxRetries: 2,
      signal: AbortSignal.timeout(15_000),
    });
    return pageSchema
      .parse(answer)
      .inferenceProfileSummaries.filter(({ inferenceProfileId }) => inferenceProfileId.includes('anthropic.'))
      .map(({ inferenceProfileId: id, inferenceProfileName: name = id }) => ({ id, name }));
  } catch (error) {
    const advice =
      error instanceof APIError && error.status !== 403 && adviseOnBedrock(error, 'models', region);
    throw new ActError(
      'modelFailed',
      advice || `Bedrock in ${region} does not list its models: ${errorMessage(error)}`,
      error,
    );
  }
}
