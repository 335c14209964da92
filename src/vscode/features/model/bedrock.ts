/** Claude on Amazon Bedrock, step by step: where to sign in, as whom, in which region, which model. */
import * as vscode from 'vscode';
import { errorMessage } from '../../../core/util/errorMessage';
import { BEDROCK, isRegion } from '../../../node/models/bedrock/awsPlaces';
import type { BedrockModelChoice } from '../../../node/models/bedrock/listBedrockModels';
import { AWS_PROVIDER } from '../../adapters/aws';
import { isStartUrl, readAwsSettings, writeAwsSettings } from '../../adapters/awsSettings';
import { writeSetting } from '../../adapters/settings';
import type { Host } from '../../host';
import { bedrockWords } from './modelWords';

const TITLE = 'Claude on Amazon Bedrock';

/** Ends at the first step that is left. */
export async function useBedrock(host: Host): Promise<void> {
  if (!(await signInThere(host))) return;
  const account = await pickAccount(host);
  const role = account && (await pickRole(host, account));
  if (!role) return;
  const known = readAwsSettings();
  const region = await ask(
    'Region of the models',
    'As AWS names it: eu-central-1.',
    known.region || known.signInRegion,
    asRegion,
  );
  if (!region) return;
  await writeAwsSettings({ account, role, region });
  const model = await pickBedrockModel(host);
  if (model) await writeSetting('model', `${BEDROCK}${model}`);
}

async function signInThere({ aws }: Host): Promise<boolean> {
  const known = readAwsSettings();
  const prompt = 'The address of your organisation’s AWS access portal.';
  const startUrl = await ask('Start URL', prompt, known.startUrl, (text) =>
    isStartUrl(text)
      ? undefined
      : 'It begins with https://, for example https://my-company.awsapps.com/start.',
  );
  if (!startUrl) return false;
  const signInRegion = await ask(
    'Region of IAM Identity Center',
    'Where your organisation has it; your administrator knows. The models may be elsewhere.',
    known.signInRegion,
    asRegion,
    'eu-central-1',
  );
  if (!signInRegion) return false;
  await writeAwsSettings({ startUrl, signInRegion });
  const isHere =
    (await aws.signedInAt()) === startUrl &&
    (await aws.tokens().then(
      () => true,
      () => false,
    ));
  const how = isHere ? { createIfNone: true } : { forceNewSession: true };
  try {
    await vscode.authentication.getSession(AWS_PROVIDER, [], how);
    return true;
  } catch (error) {
    // Who closes a dialog knows that.
    if (/cancel/i.test(`${errorMessage(error)} ${error instanceof Error ? error.name : ''}`)) return false;
    throw error;
  }
}

async function pickAccount({ aws }: Host): Promise<string | undefined> {
  const { listAccounts } = await import('../../../node/models/bedrock/wire');
  const accounts = await listAccounts(await aws.tokens(), aws.places);
  if (accounts.length === 0) {
    void vscode.window.showWarningMessage(
      'No AWS account is assigned to you in IAM Identity Center. Ask your administrator for one with access to Bedrock.',
    );
    return undefined;
  }
  const items = accounts.map(({ id, name }) => ({ label: name || id, description: id, id }));
  return items.length === 1 ? items[0]?.id : (await pick(items, 'Which account?'))?.id;
}

async function pickRole({ aws }: Host, account: string): Promise<string | undefined> {
  const { listRoles } = await import('../../../node/models/bedrock/wire');
  const roles = await listRoles(await aws.tokens(), aws.places, account);
  if (roles.length === 0) {
    void vscode.window.showWarningMessage(`No role of the account ${account} is assigned to you.`);
    return undefined;
  }
  return roles.length === 1
    ? roles[0]
    : (
        await pick(
          roles.map((label) => ({ label })),
          'In which role?',
        )
      )?.label;
}

/** What Bedrock offers there. Rejects with an `ActError`. */
export async function bedrockModels({ aws }: Host): Promise<readonly BedrockModelChoice[]> {
  const { listBedrockModels } = await import('../../../node/models/bedrock/wire');
  return listBedrockModels(await aws.credentials(), aws.places, readAwsSettings().region);
}

/** From the list, or by its id where the role may not list. */
async function pickBedrockModel(host: Host): Promise<string | undefined> {
  let models: readonly BedrockModelChoice[] = [];
  let why = 'Bedrock lists no model of Anthropic in this region.';
  try {
    models = await bedrockModels(host);
  } catch (error) {
    why = errorMessage(error);
  }
  if (models.length > 0) {
    const wordsOf = await bedrockWords(host);
    const items = models.map(({ id, name }) => ({ label: name, description: id, detail: wordsOf(id), id }));
    return (await pick(items, 'Which model?'))?.id;
  }
  const prompt = `${why} A model can be named all the same: the id of its inference profile, as the Bedrock console shows it.`;
  return ask('Model', prompt, '', (text) =>
    /\s/.test(text) || text === '' ? 'An id has no spaces in it.' : undefined,
  );
}

function pick<Item extends vscode.QuickPickItem>(items: readonly Item[], placeHolder: string) {
  return vscode.window.showQuickPick(items, { title: TITLE, placeHolder, ignoreFocusOut: true });
}

async function ask(
  what: string,
  prompt: string,
  value: string,
  problemOf: (text: string) => string | undefined,
  placeHolder = '',
): Promise<string | undefined> {
  const given = await vscode.window.showInputBox({
    title: `${TITLE}: ${what}`,
    prompt,
    value,
    placeHolder,
    ignoreFocusOut: true,
    validateInput: (text) => problemOf(text.trim()),
  });
  return given?.trim();
}

function asRegion(text: string): string | undefined {
  return isRegion(text) ? undefined : 'A region is named like eu-central-1.';
}
