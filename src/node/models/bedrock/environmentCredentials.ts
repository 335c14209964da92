/** Credentials as AWS's own tools find them: variables, a profile (also one of `aws sso login`), the machine's role. */
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { ActError } from '../../../core/actError';
import { errorMessage } from '../../../core/util/errorMessage';
import type { AwsCredentials } from './accounts';

type Chain = () => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}>;

/** Asked before each request: the chain keeps what it found, and renews what runs out. Rejects with an `ActError`. */
export function environmentCredentials(
  chain: Chain = fromNodeProviderChain(),
): () => Promise<AwsCredentials> {
  return async () => {
    try {
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = await chain();
      const expiresAt = expiration?.getTime() ?? Number.MAX_SAFE_INTEGER;
      return { accessKeyId, secretAccessKey, sessionToken, expiresAt };
    } catch (error) {
      throw new ActError('noModel', `${NONE} AWS says: “${errorMessage(error)}”`, error);
    }
  };
}

const NONE =
  'There are no AWS credentials for Bedrock. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN, where there is one), or AWS_PROFILE; for a profile of IAM Identity Center sign in first with “aws sso login”.';
