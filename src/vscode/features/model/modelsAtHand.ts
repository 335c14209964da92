/** What the server that is set, the editor and Bedrock offer, as a list to choose from. */
import * as vscode from 'vscode';
import type { Policy } from '../../../core/administration/policy';
import { errorMessage } from '../../../core/util/errorMessage';
import { BEDROCK } from '../../../node/models/bedrock/awsPlaces';
import { lacksOf } from '../../adapters/aws';
import { readAwsSettings } from '../../adapters/awsSettings';
import { editorModelName, editorModels } from '../../adapters/editorModel';
import { ANTHROPIC, originOf } from '../../adapters/keys';
import { LOCK, tellManaged } from '../../adapters/managed';
import type { Host } from '../../host';
import { bedrockModels } from './bedrock';
import { bedrockWords, costIn, inOneLine } from './modelWords';

export interface Choice extends vscode.QuickPickItem {
  /** Takes the choice; undefined for a separator, or what cannot be taken. */
  readonly take?: () => unknown;
  /** What it would use, for the organisation to judge. */
  readonly model?: string;
  readonly address?: string;
}

/** What is in use, and how another is taken. */
export interface Taking {
  readonly now: string;
  save(id: string): unknown;
}

export async function modelsAtHand(host: Host, taking: Taking): Promise<readonly Choice[]> {
  const all = await Promise.all([
    ownModels(host, taking),
    modelsOfEditor(taking),
    modelsOfBedrock(host, taking),
  ]);
  return all.flat();
}

/** What the organisation does not allow stays in the list, with the reason. */
export function judged({ core, report }: Host, choice: Choice): Choice {
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

async function modelsOfEditor({ now, save }: Taking): Promise<readonly Choice[]> {
  const offered = await editorModels();
  if (offered.length === 0) return [];
  const { abilitiesInWords } = await import('../../../node/models/abilitiesInWords');
  return [
    separator('the editor’s own'),
    ...offered.map((chat): Choice => {
      const id = editorModelName(chat);
      return {
        label: chat.name,
        description: inOneLine(inUse(id === now), chat.vendor),
        // All that the editor tells of it.
        detail: abilitiesInWords({ context: chat.maxInputTokens }),
        take: () => save(id),
        model: id,
      };
    }),
  ];
}

async function modelsOfBedrock(host: Host, { now, save }: Taking): Promise<readonly Choice[]> {
  const set = readAwsSettings();
  if (lacksOf(set, await host.aws.signedInAt()) !== undefined) return [];
  const wordsOf = await bedrockWords(host);
  const title = separator(`Bedrock, ${set.region}`);
  try {
    const models = await bedrockModels(host);
    const choices = models.map(
      ({ id, name }): Choice => ({
        label: name,
        description: inOneLine(inUse(`${BEDROCK}${id}` === now), id),
        detail: wordsOf(id),
        take: () => save(`${BEDROCK}${id}`),
        model: `${BEDROCK}${id}`,
      }),
    );
    return [title, ...choices];
  } catch (error) {
    return [title, { label: '$(warning) Bedrock does not tell its models', detail: errorMessage(error) }];
  }
}

/** What the server that is set offers, or why nobody knows. */
async function ownModels(host: Host, { now, save }: Taking): Promise<readonly Choice[]> {
  const { baseUrl } = host.core.ports.settings.get();
  const origin = originOf(baseUrl);
  if (origin === undefined)
    return [{ label: `$(error) earshot.baseUrl is not an http address: “${baseUrl}”` }];
  const apiKey = await host.keys.get(origin);
  if (!apiKey && origin === ANTHROPIC) return [];
  const [{ describeModels }, { knownAbilities }, { abilitiesInWords }, { priceOf }] = await Promise.all([
    import('../../../node/models/listModels'),
    import('../../../node/models/abilities'),
    import('../../../node/models/abilitiesInWords'),
    import('../../../node/models/prices'),
  ]);
  const { prices } = host.core.ports.settings.get();
  try {
    const models = await describeModels({ apiKey, baseUrl });
    return [
      separator(new URL(origin).host),
      ...models.map(({ id, abilities }): Choice => {
        const price = prices[id] ?? (origin === ANTHROPIC ? priceOf(id, 0) : undefined);
        return {
          label: id,
          description: inOneLine(inUse(id === now), costIn(price)),
          detail: abilitiesInWords({ ...knownAbilities(id), ...abilities }),
          take: () => save(id),
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

/** First in its row, where nothing cuts it off. */
function inUse(isIt: boolean): string {
  return isIt ? 'in use' : '';
}

export function separator(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
