/** One list of all models that can be used now: the server that is set, those found on this machine, and the ways to others. */
import * as vscode from 'vscode';
import type { Policy } from '../../../core/administration/policy';
import type { Price } from '../../../core/usage/price';
import { errorMessage } from '../../../core/util/errorMessage';
import { BEDROCK } from '../../../node/models/bedrock/awsPlaces';
import { lacksOf } from '../../adapters/aws';
import { readAwsSettings } from '../../adapters/awsSettings';
import { editorModelName, editorModels } from '../../adapters/editorModel';
import { ANTHROPIC, originOf } from '../../adapters/keys';
import { LOCK, tellManaged } from '../../adapters/managed';
import { writeSetting } from '../../adapters/settings';
import type { Host } from '../../host';
import { bedrockModels } from './bedrock';

interface Choice extends vscode.QuickPickItem {
  /** Takes the choice; undefined for a separator, or what cannot be taken. */
  readonly take?: () => unknown;
  /** What it would use, for the organisation to judge. */
  readonly model?: string;
  readonly address?: string;
}

export interface OtherWays {
  setApiKey(): unknown;
  setServer(): unknown;
  useBedrock(): unknown;
}

export async function pickModel(host: Host, others: OtherWays): Promise<void> {
  const { model } = host.core.ports.settings.get();
  const picked = await vscode.window.showQuickPick(choices(host, others), {
    title: 'Model',
    placeHolder: model === '' ? 'Which model drafts and codes?' : `In use: ${model}`,
    matchOnDescription: true,
  });
  await picked?.take?.();
}

async function choices(host: Host, others: OtherWays): Promise<Choice[]> {
  const { core } = host;
  const { baseUrl } = core.ports.settings.get();
  const { findServers } = await import('../../../node/models/findServers');
  const [own, local, editor, bedrock] = await Promise.all([
    ownModels(host),
    findServers(),
    modelsOfEditor(host),
    modelsOfBedrock(host),
  ]);
  const all: readonly Choice[] = [
    ...own,
    ...editor,
    ...bedrock,
    ...local
      .filter((server) => originOf(server.baseUrl) !== originOf(baseUrl))
      .flatMap(({ name, baseUrl: address, models }): Choice[] => [
        separator(`${name} on this machine`),
        ...models.map(
          (id): Choice => ({
            label: id,
            description: 'costs nothing but your machine’s time',
            take: () => use(id, address),
            ...{ model: id, address },
          }),
        ),
      ]),
    separator('other ways'),
    { label: '$(key) Set an API Key…', description: 'for the server that is set', take: others.setApiKey },
    {
      label: '$(server-environment) Use a Server by Its Address…',
      description: core.ports.administration?.policy?.baseUrls
        ? 'of those that your organisation allows'
        : 'any that speaks the Messages API',
      take: others.setServer,
    },
    {
      label: '$(cloud) Use Claude on Amazon Bedrock…',
      description: 'with AWS IAM Identity Center',
      take: others.useBedrock,
      model: `${BEDROCK}*`,
    },
  ];
  return all.map((choice) => judged(host, choice));
}

/** What the organisation does not allow stays in the list, with the reason. */
function judged({ core, report }: Host, choice: Choice): Choice {
  const { administration } = core.ports;
  const { model, address } = choice;
  const verdict =
    (address === undefined ? undefined : administration?.addressVerdict(address)) ??
    (model === undefined || isAnyOfBedrock(model, administration?.policy)
      ? undefined
      : administration?.modelVerdict(model));
  if (verdict === undefined) return choice;
  return {
    ...choice,
    label: `${LOCK} ${choice.label.replace(/^\$\([^)]*\) /, '')}`,
    description: 'not allowed by your organisation',
    take: () => void tellManaged(verdict).then(undefined, report),
  };
}

/** The way to Bedrock is open where any model of it may be used. */
function isAnyOfBedrock(model: string, policy: Policy | undefined): boolean {
  return (
    model === `${BEDROCK}*` && (policy?.models?.allow?.some((each) => /^(?:bedrock:|\*)/.test(each)) ?? false)
  );
}

async function modelsOfEditor(host: Host): Promise<readonly Choice[]> {
  const { model } = host.core.ports.settings.get();
  const offered = await editorModels();
  if (offered.length === 0) return [];
  return [
    separator('the editor’s own'),
    ...offered.map((chat): Choice => {
      const id = editorModelName(chat);
      return {
        label: chat.name,
        description: [chat.vendor, id === model ? 'in use' : ''].filter((words) => words !== '').join(' · '),
        take: () => writeSetting('model', id),
        model: id,
      };
    }),
  ];
}

async function modelsOfBedrock(host: Host): Promise<readonly Choice[]> {
  const set = readAwsSettings();
  if (lacksOf(set, await host.aws.signedInAt()) !== undefined) return [];
  const { model, prices } = host.core.ports.settings.get();
  const { bedrockPriceOf } = await import('../../../node/models/bedrock/bedrockPrices');
  const title = separator(`Amazon Bedrock, ${set.region}`);
  try {
    const models = await bedrockModels(host);
    const choices = models.map(
      ({ id, name }): Choice => ({
        label: name,
        description: worded(id, costIn(prices[id] ?? bedrockPriceOf(id, 0)), `${BEDROCK}${id}` === model),
        take: () => writeSetting('model', `${BEDROCK}${id}`),
        model: `${BEDROCK}${id}`,
      }),
    );
    return [title, ...choices];
  } catch (error) {
    return [title, { label: '$(warning) Bedrock does not tell its models', detail: errorMessage(error) }];
  }
}

/** What the server that is set offers, or why nobody knows. */
async function ownModels(host: Host): Promise<readonly Choice[]> {
  const { baseUrl, model } = host.core.ports.settings.get();
  const origin = originOf(baseUrl);
  if (origin === undefined)
    return [{ label: `$(error) earshot.baseUrl is not an http address: “${baseUrl}”` }];
  const apiKey = await host.keys.get(origin);
  if (!apiKey && origin === ANTHROPIC) return [];
  const [{ listModels }, { priceOf }] = await Promise.all([
    import('../../../node/models/listModels'),
    import('../../../node/models/prices'),
  ]);
  const { prices } = host.core.ports.settings.get();
  try {
    const ids = await listModels({ apiKey, baseUrl });
    return [
      separator(new URL(origin).host),
      ...ids.map((id): Choice => {
        const price = prices[id] ?? (origin === ANTHROPIC ? priceOf(id, 0) : undefined);
        return {
          label: id,
          description: worded('', costIn(price), id === model),
          take: () => use(id, baseUrl),
          ...{ model: id, address: baseUrl },
        };
      }),
    ];
  } catch (error) {
    return [
      { label: `$(warning) ${new URL(origin).host} does not tell its models`, detail: errorMessage(error) },
    ];
  }
}

function costIn(price: Price | undefined): string {
  const dollars = (amount: number) => `$${Number(amount.toFixed(3))}`;
  return price === undefined
    ? ''
    : `${dollars(price.input)} in, ${dollars(price.output)} out a million tokens`;
}

function worded(id: string, cost: string, isInUse: boolean): string {
  return [id, cost, isInUse ? 'in use' : ''].filter((words) => words !== '').join(' · ');
}

async function use(model: string, baseUrl: string): Promise<void> {
  await writeSetting('baseUrl', baseUrl);
  await writeSetting('model', model);
}

function separator(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
