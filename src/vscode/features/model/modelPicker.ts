/** One list of all models that can be used now: the server that is set, those found on this machine, and the ways to others. */
import * as vscode from 'vscode';
import { BEDROCK } from '../../../node/models/bedrock/awsPlaces';
import { originOf } from '../../adapters/keys';
import { writeSetting } from '../../adapters/settings';
import type { Host } from '../../host';
import { pickForWork } from './modelForWork';
import { type Choice, judged, modelsAtHand, separator } from './modelsAtHand';

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
  const { baseUrl, model: now } = core.ports.settings.get();
  const [{ findServers }, { abilitiesInWords }] = await Promise.all([
    import('../../../node/models/findServers'),
    import('../../../node/models/abilitiesInWords'),
  ]);
  const [atHand, local] = await Promise.all([
    modelsAtHand(host, { now, save: (id) => writeSetting('model', id) }),
    findServers(),
  ]);
  const all: readonly Choice[] = [
    ...atHand,
    ...local
      .filter((server) => originOf(server.baseUrl) !== originOf(baseUrl))
      .flatMap(({ name, baseUrl: address, models }): Choice[] => [
        separator(`${name} on this machine`),
        ...models.map(
          ({ id, abilities }): Choice => ({
            label: id,
            description: 'costs nothing but your machine’s time',
            detail: abilitiesInWords(abilities),
            take: () => use(id, address),
            ...{ model: id, address },
          }),
        ),
      ]),
    separator('other ways'),
    {
      label: '$(list-tree) For One Kind of Work…',
      description: 'drafting, coding or review with a model of its own',
      take: () => pickForWork(host),
    },
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

async function use(model: string, baseUrl: string): Promise<void> {
  await writeSetting('baseUrl', baseUrl);
  await writeSetting('model', model);
}
