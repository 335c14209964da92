/** What goes wrong with signing in to AWS, in words that say what to do. */
import { ActError } from '../../../core/actError';
import { errorMessage } from '../../../core/util/errorMessage';

const SIGN_IN = '“Earshot: Use Claude on Amazon Bedrock…”';

const BY_NAME: Readonly<Record<string, string>> = {
  ExpiredTokenException: `The code was not confirmed in time. Sign in again with ${SIGN_IN}.`,
  AccessDeniedException: `The sign-in was declined in the browser. Sign in again with ${SIGN_IN} if that was a mistake.`,
  InvalidGrantException: `Your sign-in to AWS has expired. Sign in again with ${SIGN_IN}.`,
  InvalidClientException: `AWS does not know this sign-in any more. Sign in again with ${SIGN_IN}.`,
  UnauthorizedClientException: `AWS does not know this sign-in any more. Sign in again with ${SIGN_IN}.`,
  UnauthorizedException: `Your sign-in to AWS has expired. Sign in again with ${SIGN_IN}.`,
  ForbiddenException:
    'IAM Identity Center does not let you use this account with this role. Choose another with “Earshot: Use Claude on Amazon Bedrock…”, or ask your administrator to assign it to you.',
  ResourceNotFoundException:
    'IAM Identity Center does not know this account or role. Choose another with “Earshot: Use Claude on Amazon Bedrock…”.',
};

/** Errors of AWS's clients are named by the service; anything else is the network's. */
export function toSignInFailure(error: unknown, region: string): Error {
  if (error instanceof ActError) return error;
  const name = error instanceof Error ? error.name : '';
  const known = BY_NAME[name];
  if (known !== undefined) return new ActError('modelFailed', known, error);
  if (name === 'InvalidRequestException' || name === 'InvalidRequestRegionException')
    return new ActError(
      'modelFailed',
      `IAM Identity Center in ${region} does not take this start URL. Check both: the region is that of the Identity Center, not of the models. It said: “${errorMessage(error)}”`,
      error,
    );
  return new ActError(
    'modelFailed',
    `IAM Identity Center in ${region} could not be asked: ${errorMessage(error)}. Check the region and the network.`,
    error,
  );
}
