/**
 * The person's sign-in to AWS IAM Identity Center, in the editor's Accounts menu. Tokens lie in the secret storage and
 * nowhere else: other extensions that ask the editor for the session get none.
 */
import * as vscode from 'vscode';
import { ActError } from '../../core/actError';
import { createAbort } from '../../core/util/abort';
import { Emitter, type Event } from '../../core/util/event';
import type { AwsCredentials } from '../../node/models/bedrock/accounts';
import { type AwsPlaces, awsPlaces } from '../../node/models/bedrock/awsPlaces';
import type { AwsTokens, DeviceCode } from '../../node/models/bedrock/signIn';
import { nodeClock } from '../../node/nodePorts';
import { type AwsSettings, readAwsSettings } from './awsSettings';

export const AWS_PROVIDER = 'earshot.aws';
const SECRET = 'earshot.aws';
/** Milliseconds before their end when tokens and credentials are renewed. */
const EARLY = 5 * 60_000;

export interface Aws {
  readonly places: AwsPlaces;
  /** Undefined when nobody is signed in; true also when the sign-in may have ended meanwhile. */
  signedInAt(): Promise<string | undefined>;
  /** Fresh tokens. Rejects with an `ActError`. */
  tokens(): Promise<AwsTokens>;
  /** Of the role that is set, fresh. Rejects with an `ActError`. */
  credentials(): Promise<AwsCredentials>;
  readonly onDidChange: Event<void>;
}

export function createAws({ secrets }: Pick<vscode.ExtensionContext, 'secrets'>): Aws & vscode.Disposable {
  // Tests stand in for AWS.
  const places = awsPlaces(process.env.EARSHOT_AWS_ENDPOINT || undefined);
  const changed = new Emitter<void>();
  const sessionsChanged =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  let renewing: Promise<AwsTokens> | undefined;
  let role: { readonly key: string; readonly credentials: AwsCredentials } | undefined;

  // Loaded by those who use it: it is as large as all the rest.
  const loadWire = () => import('../../node/models/bedrock/wire');

  async function kept(): Promise<AwsTokens | undefined> {
    const text = await secrets.get(SECRET);
    return text === undefined ? undefined : (JSON.parse(text) as AwsTokens);
  }

  async function renewed(old: AwsTokens): Promise<AwsTokens> {
    try {
      const fresh = await (await loadWire()).renew(old, places, nodeClock);
      await secrets.store(SECRET, JSON.stringify(fresh));
      return fresh;
    } catch (error) {
      // Another window may have been faster: a token renews once.
      const now = await kept();
      if (now && now.accessToken !== old.accessToken) return now;
      throw error;
    }
  }

  async function tokens(): Promise<AwsTokens> {
    const known = await kept();
    if (!known) throw new ActError('noModel', SIGN_IN);
    const left = known.expiresAt - nodeClock.now();
    if (left > (known.refreshToken === undefined ? 0 : EARLY)) return known;
    renewing ??= renewed(known).finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function createSession(): Promise<vscode.AuthenticationSession> {
    const { startUrl, signInRegion: region } = readAwsSettings();
    if (startUrl === '' || region === '')
      throw new ActError(
        'noModel',
        'Begin with “Earshot: Use Claude on Amazon Bedrock…”: it asks where you sign in.',
      );
    const found = await signInVisibly({ startUrl, region }, places, loadWire);
    role = undefined;
    await secrets.store(SECRET, JSON.stringify(found));
    const session = sessionOf(found);
    sessionsChanged.fire({ added: [session], removed: [], changed: [] });
    return session;
  }

  const provider: vscode.AuthenticationProvider = {
    onDidChangeSessions: sessionsChanged.event,
    async getSessions() {
      const known = await kept();
      return known ? [sessionOf(known)] : [];
    },
    createSession,
    async removeSession() {
      const known = await kept();
      role = undefined;
      await secrets.delete(SECRET);
      if (known) sessionsChanged.fire({ added: [], removed: [sessionOf(known)], changed: [] });
    },
  };
  const subscriptions = vscode.Disposable.from(
    sessionsChanged,
    vscode.authentication.registerAuthenticationProvider(AWS_PROVIDER, 'AWS IAM Identity Center', provider),
    secrets.onDidChange(({ key }) => key === SECRET && changed.fire()),
  );

  return {
    places,
    signedInAt: async () => (await kept())?.startUrl,
    tokens,
    async credentials() {
      const { account, role: name } = readAwsSettings();
      if (account === '' || name === '') throw new ActError('noModel', CHOOSE_ROLE);
      const { roleCredentials } = await loadWire();
      const fresh = await tokens();
      const key = `${fresh.startUrl} ${account} ${name}`;
      if (role?.key !== key || role.credentials.expiresAt - EARLY < nodeClock.now())
        role = { key, credentials: await roleCredentials(fresh, places, { account, role: name }) };
      return role.credentials;
    },
    onDidChange: changed.event,
    dispose() {
      subscriptions.dispose();
      changed.dispose();
    },
  };
}

const SIGN_IN = 'Nobody is signed in to AWS. Sign in with “Earshot: Use Claude on Amazon Bedrock…”.';
const CHOOSE_ROLE =
  'No AWS account and role is set. Choose them with “Earshot: Use Claude on Amazon Bedrock…”.';

/** Why Bedrock cannot be used as it is set; undefined when it can. */
export function lacksOf(
  { account, role, region }: AwsSettings,
  signedInAt: string | undefined,
): string | undefined {
  if (signedInAt === undefined) return SIGN_IN;
  if (account === '' || role === '') return CHOOSE_ROLE;
  return region === ''
    ? 'No AWS region is set. Choose it with “Earshot: Use Claude on Amazon Bedrock…”.'
    : undefined;
}

/** As the Accounts menu shows it; the token stays with us. */
function sessionOf({ startUrl }: AwsTokens): vscode.AuthenticationSession {
  const { host } = new URL(startUrl);
  return { id: startUrl, accessToken: '', account: { id: startUrl, label: host }, scopes: [] };
}

async function signInVisibly(
  at: Pick<AwsTokens, 'startUrl' | 'region'>,
  places: AwsPlaces,
  loadWire: () => Promise<typeof import('../../node/models/bedrock/wire')>,
): Promise<AwsTokens> {
  const { signIn } = await loadWire();
  const abort = createAbort();
  const cancel = () => abort.abort(new vscode.CancellationError());
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: 'Signing in to AWS',
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(cancel);
    const show = (code: DeviceCode) => {
      progress.report({ message: `confirm the code ${code.code} at ${new URL(code.address).host}` });
      void offer(code).then((goesOn) => goesOn || cancel());
    };
    return signIn({ ...at, places, clock: nodeClock, show }, abort.signal);
  });
}

/** False when the person does not want to go on. */
async function offer({ code, address }: DeviceCode): Promise<boolean> {
  const open = 'Copy Code and Open Browser';
  const detail = `AWS shows a code in the browser. Confirm it there only if it is this one:\n\n${code}`;
  const message = 'Sign in to AWS IAM Identity Center';
  if ((await vscode.window.showInformationMessage(message, { modal: true, detail }, open)) !== open)
    return false;
  await vscode.env.clipboard.writeText(code);
  // Where no browser opens, the page is opened by hand: AWS asks for the code there.
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
  return true;
}
