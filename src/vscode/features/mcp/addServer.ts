/** Adds a server from a command line, an address, a configuration or a registry file. What will be written and run is shown before it is. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { ServerOffer } from '../../../core/mcp/adding/offer';
import { errorMessage } from '../../../core/util/errorMessage';
import { tellManaged } from '../../adapters/managed';
import { showInfo } from '../../adapters/messages';
import { toPath } from '../../adapters/paths';
import type { Host } from '../../host';
import { VIEWS } from '../../manifest';

const TITLE = 'Add MCP Server';
const LARGEST = 5_000_000;

export async function addServer(host: Host, given: unknown): Promise<void> {
  const { servers } = host.core;
  const { freeName, whatRuns } = await import('../../../core/mcp/adding/offer');
  const offers = typeof given === 'string' ? await read(given) : await askOffers();
  const offer = offers && (await chooseOne(offers));
  if (!offer) return;
  const place = await choosePlace();
  if (!place) return;
  const taken = servers.all
    .filter(({ config }) => config.root === place.root)
    .map(({ config }) => config.name);
  const name = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'What it is called. Letters, digits, “-” and “_”.',
    value: freeName(offer.name, taken),
    validateInput: (text) => objectionTo(text, taken),
  });
  if (!name) return;
  const forbidden = await verdictOn(host, name, offer, place);
  if (forbidden !== undefined) return tellManaged(forbidden);
  const add = { title: 'Add' };
  const isCommand = typeof offer.config.command === 'string';
  const parts = [
    isCommand
      ? `It will run on this machine:\n${whatRuns(offer.config)}`
      : `It will be asked at:\n${whatRuns(offer.config)}`,
    ...variablesText(offer),
    `Written to ${place.words}:\n${JSON.stringify({ [name]: offer.config }, undefined, 2)}`,
    'Nothing runs before you agree to it.',
  ];
  const question = { modal: true, detail: parts.join('\n\n') };
  if ((await vscode.window.showInformationMessage(`Add the server “${name}”?`, question, add)) !== add)
    return;
  await servers.add(place.root, name, offer.config);
  await vscode.commands.executeCommand(`${VIEWS.mcp}.focus`, { preserveFocus: true });
  const start = 'Start It';
  void showInfo(`“${name}” was added. It starts when the agent needs it.`, start).then(async (choice) => {
    const added = servers.all.find(({ config }) => config.name === name && config.root === place.root);
    if (choice === start && added) await servers.start(added.id).catch(host.report);
  });
}

/** Why the organisation does not allow it. */
async function verdictOn(
  { core }: Host,
  name: string,
  { config }: ServerOffer,
  { root, words: path }: Place,
): Promise<string | undefined> {
  const { readConfig } = await import('../../../core/mcp/readConfig');
  const scope = root === undefined ? 'user' : 'workspace';
  const read = readConfig(config, { name, scope, root, path, range: { start: 0, end: 0 } }, () => {});
  return read && core.ports.administration?.serverVerdict(read);
}

async function read(text: string): Promise<readonly ServerOffer[]> {
  const { readOffers } = await import('../../../core/mcp/adding/readOffers');
  return readOffers(text);
}

/** One box for what people have at hand: what stands in a README. */
async function askOffers(): Promise<readonly ServerOffer[] | undefined> {
  const file = 'Registry or configuration file…';
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: 'Command line, address or JSON…',
        detail: 'npx -y @modelcontextprotocol/server-memory, https://…, or what a README tells you to paste',
      },
      { label: file, detail: 'A server.json of the MCP registry, a list of servers, or an mcp.json' },
    ],
    { title: TITLE, placeHolder: 'Where does the server come from?' },
  );
  if (!picked) return undefined;
  if (picked.label === file) return askFile();
  const { readOffers } = await import('../../../core/mcp/adding/readOffers');
  const text = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'Nothing runs yet. You see what will be written and run before it is.',
    placeHolder: 'npx -y @modelcontextprotocol/server-memory',
    ignoreFocusOut: true,
    validateInput(written) {
      if (written.trim() === '') return undefined;
      try {
        readOffers(written);
        return undefined;
      } catch (error) {
        return errorMessage(error);
      }
    },
  });
  return text ? readOffers(text) : undefined;
}

async function askFile(): Promise<readonly ServerOffer[] | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: TITLE,
      openLabel: 'Read',
      filters: { JSON: ['json', 'jsonc'] },
    })) ?? [];
  if (!uri) return undefined;
  const bytes = await vscode.workspace.fs.readFile(uri);
  if (bytes.byteLength > LARGEST)
    throw new ActError('invalid', 'The file is too large to be a list of servers.');
  return read(new TextDecoder().decode(bytes));
}

async function chooseOne(offers: readonly ServerOffer[]): Promise<ServerOffer | undefined> {
  const [only, ...more] = offers;
  if (more.length === 0) return only;
  const { whatRuns } = await import('../../../core/mcp/adding/offer');
  const items = offers.map((offer) => ({
    ...{ label: offer.name, description: offer.description, detail: whatRuns(offer.config), offer },
  }));
  const options = {
    title: TITLE,
    placeHolder: 'Which server?',
    matchOnDescription: true,
    matchOnDetail: true,
  };
  return (await vscode.window.showQuickPick(items, options))?.offer;
}

interface Place {
  readonly root: string | undefined;
  /** Where its file lies. */
  readonly words: string;
}

async function choosePlace(): Promise<Place | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const items = [
    ...folders.map(({ name, uri }) => ({
      label: folders.length === 1 ? 'This workspace' : name,
      description: '.kiro/settings/mcp.json',
      detail: 'For everybody who works in it; each agrees for themselves before it runs',
      place: { root: toPath(uri), words: `.kiro/settings/mcp.json in ${name}` },
    })),
    {
      label: 'All my workspaces',
      description: '~/.kiro/settings/mcp.json',
      detail: 'For you alone',
      place: { root: undefined, words: '~/.kiro/settings/mcp.json' },
    },
  ];
  return (await vscode.window.showQuickPick(items, { title: TITLE, placeHolder: 'For whom?' }))?.place;
}

function objectionTo(name: string, taken: readonly string[]): string | undefined {
  if (!/^[\w-]+$/.test(name)) return 'Letters, digits, “-” and “_” only: so it can be mentioned.';
  return taken.includes(name) ? 'There is a server of that name.' : undefined;
}

function variablesText({ variables }: ServerOffer): readonly string[] {
  if (variables.length === 0) return [];
  const lines = variables.map(({ name, description, required }) =>
    [`${name}${required ? '' : ' (optional)'}`, description].filter((part) => part !== '').join(': '),
  );
  return [
    `It reads these from your environment; set them, and start the editor from there:\n${lines.join('\n')}`,
  ];
}
