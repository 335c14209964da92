import type { APIError } from '@anthropic-ai/sdk/core/error';

/** How a person changes what is wrong, where they sit. */
export interface BedrockWords {
  readonly signIn: string;
  readonly chooseModel: string;
  readonly chooseRole: string;
  readonly chooseRegion: string;
}

const AGAIN = '“Earshot: Use Claude on Amazon Bedrock…”';

const IN_EDITOR: BedrockWords = {
  signIn: `Sign in again with ${AGAIN}`,
  chooseModel: 'Choose another with “Earshot: Choose Model…”',
  chooseRole: `Choose another role with ${AGAIN}`,
  chooseRegion: `another region with ${AGAIN}`,
};

/** What Bedrock's refusals mean for a person; undefined for those that the status tells well enough. */
export function adviseOnBedrock(
  error: APIError,
  model: string,
  region: string,
  words: BedrockWords = IN_EDITOR,
): string | undefined {
  const kind = error.headers?.get('x-amzn-errortype')?.split(':')[0] ?? '';
  const said = error.message;
  if (kind === 'ExpiredTokenException' || kind === 'UnrecognizedClientException' || /expired/i.test(said))
    return `AWS does not take the credentials of this sign-in any more. ${words.signIn}.`;
  if (error.status === 403 && /access to the model|model access|not enabled|marketplace/i.test(said))
    return `This AWS account may not use “${model}” in ${region} yet. Have it enabled in the Bedrock console (Model access), or: ${words.chooseModel}.`;
  if (error.status === 403)
    return `The role does not allow “${model}” in ${region}: it needs bedrock:InvokeModelWithResponseStream. ${words.chooseRole}, or ask your administrator.`;
  if (error.status === 400 && /on-demand throughput/i.test(said))
    return `“${model}” is used by an inference profile only, whose name begins with a place (us., eu., global.). ${words.chooseModel}.`;
  if (error.status === 404 || (error.status === 400 && /model identifier|not supported in/i.test(said)))
    return `Bedrock in ${region} does not offer “${model}”. ${words.chooseModel}, or ${words.chooseRegion}.`;
  return undefined;
}
