/** What servers of tools ask the person: a form, a page in the browser, or whether they may ask the model. */
import * as vscode from 'vscode';
import type {
  Elicitation,
  ElicitationAnswer,
  ElicitationContent,
  McpPerson,
  SamplingRequest,
} from '../../core/mcp/ports';
import { type AbortSignal, Cancelled, onAbort } from '../../core/util/abort';
import { openForm } from './formPanel';
import { showInfo, showWarning } from './messages';

const CANCEL: ElicitationAnswer = { action: 'cancel' };
const MOST_SHOWN = 3000;

export function createMcpPerson(context: vscode.ExtensionContext): McpPerson {
  let asked = 0;

  async function askForm(
    request: Extract<Elicitation, { type: 'form' }>,
    signal: AbortSignal,
  ): Promise<ElicitationAnswer> {
    // A server asks at any time, and a form would take the place of what is being written: a notice first.
    const answer = 'Answer…';
    const decline = 'Decline';
    const notice = showInfo(
      `The server “${request.server}” asks: ${oneLine(request.message)}`,
      answer,
      decline,
    );
    const choice = await withdrawn(notice, signal);
    if (choice === decline) return { action: 'decline' };
    if (choice !== answer) return CANCEL;
    return new Promise((resolve) => {
      let unhear = () => {};
      const panel = openForm(
        context,
        {
          ...{ key: `asked ${++asked}`, kind: 'ask', server: request.server, send: 'Send' },
          title: 'A question of this server',
          message: request.message,
          note: 'What you fill in goes to this server. Never give it a password or a key.',
          fields: request.fields,
        },
        {
          send(input) {
            resolve({ action: 'accept', content: contentOf(input) });
            panel.dispose();
          },
          decline() {
            resolve({ action: 'decline' });
            panel.dispose();
          },
          closed() {
            unhear();
            resolve(CANCEL);
          },
        },
      );
      unhear = onAbort(signal, () => panel.dispose());
    });
  }

  async function askPage(
    { server, message, url }: Extract<Elicitation, { type: 'url' }>,
    signal: AbortSignal,
  ): Promise<ElicitationAnswer> {
    const open = { title: 'Open in Browser' };
    const decline = { title: 'Decline' };
    const host = hostOf(url);
    if (host === undefined) return { action: 'decline' };
    const title = `The server “${server}” asks you to open a page of ${host}.`;
    const detail = `${message}\n\n${url}\n\nWhat you do there is between you and that page.`;
    const question = vscode.window.showInformationMessage(title, { modal: true, detail }, open, decline);
    const choice = await withdrawn(question, signal);
    if (choice === decline) return { action: 'decline' };
    if (choice !== open) return CANCEL;
    const opened = await vscode.env.openExternal(vscode.Uri.parse(url, true));
    return opened ? { action: 'accept', content: {} } : CANCEL;
  }

  return {
    elicit: (request, signal) =>
      request.type === 'form' ? askForm(request, signal) : askPage(request, signal),
    async signIn(server, signal) {
      const act = 'Sign In';
      const notice = showWarning(`The server “${server}” needs you to sign in.`, act);
      return (await withdrawn(notice, signal)) === act;
    },
    async mayAsk(request, signal) {
      const review = 'Review…';
      const notice = showInfo(`The server “${request.server}” wants to ask your model something.`, review);
      if ((await withdrawn(notice, signal)) !== review) return false;
      const allow = { title: 'Ask the Model Once' };
      const title = `Let “${request.server}” ask your model this?`;
      const question = vscode.window.showWarningMessage(
        title,
        { modal: true, detail: wordsOf(request) },
        allow,
      );
      return (await withdrawn(question, signal)) === allow;
    },
  };
}

/** The answer, unless the server does not wait any more. */
function withdrawn<T>(answer: Thenable<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(new Cancelled());
  return new Promise((resolve, reject) => {
    const unhear = onAbort(signal, () => reject(signal.reason ?? new Cancelled()));
    Promise.resolve(answer).then(resolve, reject).finally(unhear);
  });
}

function contentOf(input: Readonly<Record<string, unknown>>): ElicitationContent {
  const entries = Object.entries(input).filter(
    (entry): entry is [string, ElicitationContent[string]] =>
      Array.isArray(entry[1]) || ['string', 'number', 'boolean'].includes(typeof entry[1]),
  );
  return Object.fromEntries(entries);
}

/** Word for word what would be sent, so that a person knows what they pay for and what leaves the machine. */
function wordsOf({ system, messages, maxTokens }: SamplingRequest): string {
  const parts = [
    ...(system === undefined ? [] : [`Instructions:\n${system}`]),
    ...messages.map(({ role, text }) => `${role === 'user' ? 'Question' : 'Earlier answer'}:\n${text}`),
  ];
  const words = parts.join('\n\n');
  const shown =
    words.length > MOST_SHOWN
      ? `${words.slice(0, MOST_SHOWN)}\n[${words.length - MOST_SHOWN} more characters]`
      : words;
  return `${shown}\n\nIt costs at most ${maxTokens} tokens of answer, and the server reads the answer.`;
}

function hostOf(url: string): string | undefined {
  try {
    const { protocol, host } = new URL(url);
    return protocol === 'https:' || /^(?:localhost|127\.0\.0\.1)(?::|$)/.test(host) ? host : undefined;
  } catch {
    return undefined;
  }
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
