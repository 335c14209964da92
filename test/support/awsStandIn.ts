/**
 * IAM Identity Center and Bedrock on one socket of this machine: device authorisation, tokens, accounts, roles, and models
 * behind signatures that are checked. Ends with the test.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageEvents, type SpokenTurn } from '../../src/node/models/messageEvents';
import { chunkMessage, exceptionMessage } from './awsEventStream';
import { signatureFault } from './sigV4';
import { onTestEnd } from './testStore';

/** What a request for a token comes to. */
export type TokenAnswer =
  | 'AuthorizationPendingException'
  | 'SlowDownException'
  | 'ExpiredTokenException'
  | 'AccessDeniedException'
  | 'InvalidGrantException';

export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

export interface AwsStandIn {
  readonly url: string;
  /** What the person's code is. */
  readonly userCode: string;
  /** Answers to requests for tokens, in order; granted when there are none. */
  readonly tokenAnswers: TokenAnswer[];
  readonly accounts: Record<string, { readonly name: string; readonly roles: readonly string[] }>;
  /** Answers of the model, in order. */
  readonly turns: (SpokenTurn | Refusal | { readonly exception: string; readonly after: number })[];
  readonly models: readonly string[];
  /** Every path that was asked, in order, with its body. */
  readonly requests: { readonly path: string; readonly body: Record<string, unknown> }[];
  /** What was wrong with signatures. */
  readonly faults: string[];
  /** Access tokens that are not taken any more. */
  readonly revoked: Set<string>;
  /** Seconds that a token lasts. */
  tokenLife: number;
}

export const STAND_IN_REGION = 'eu-central-1';
const KEYS = {
  accessKeyId: 'ASIASTANDIN',
  secretAccessKey: 'secret/of+the=role',
  sessionToken: 'session//token==',
};

export async function startAwsStandIn(): Promise<AwsStandIn> {
  const server = createServer((request, response) => void handle(request, response));
  let tokens = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const body = JSON.parse(text || '{}') as Record<string, unknown>;
    standIn.requests.push({ path: url.pathname, body });
    const json = (status: number, value: object, headers: Record<string, string> = {}) =>
      void response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(value));
    const refuse = ({ status, type, message }: Refusal) =>
      json(status, { message }, { 'x-amzn-errortype': type });
    switch (url.pathname) {
      case '/client/register':
        return json(200, {
          clientId: 'client',
          clientSecret: 'client-secret',
          clientSecretExpiresAt: 4_000_000_000,
        });
      case '/device_authorization':
        return json(200, {
          deviceCode: 'device',
          userCode: standIn.userCode,
          verificationUri: `${standIn.url}/start`,
          verificationUriComplete: `${standIn.url}/start?user_code=${standIn.userCode}`,
          expiresIn: 600,
          interval: 1,
        });
      case '/token': {
        const refused = standIn.tokenAnswers.shift();
        if (refused !== undefined)
          return json(400, { error: refused, error_description: refused }, { 'x-amzn-errortype': refused });
        return json(200, {
          accessToken: `access-${++tokens}`,
          refreshToken: `refresh-${tokens}`,
          tokenType: 'Bearer',
          expiresIn: standIn.tokenLife,
        });
      }
    }
    const unauthorized = {
      status: 401,
      type: 'UnauthorizedException',
      message: 'Session token not found or invalid',
    };
    const bearer = String(request.headers['x-amz-sso_bearer_token']);
    const isKnown = /^access-\d+$/.test(bearer) && !standIn.revoked.has(bearer);
    if (url.pathname === '/assignment/accounts') {
      if (!isKnown) return refuse(unauthorized);
      const accountList = Object.entries(standIn.accounts).map(([accountId, { name }]) => ({
        accountId,
        accountName: name,
      }));
      return json(200, { accountList });
    }
    if (url.pathname === '/assignment/roles') {
      if (!isKnown) return refuse(unauthorized);
      const roles = standIn.accounts[url.searchParams.get('account_id') ?? '']?.roles ?? [];
      return json(200, { roleList: roles.map((roleName) => ({ roleName })) });
    }
    if (url.pathname === '/federation/credentials') {
      if (!isKnown) return refuse(unauthorized);
      const roles = standIn.accounts[url.searchParams.get('account_id') ?? '']?.roles ?? [];
      if (!roles.includes(url.searchParams.get('role_name') ?? ''))
        return refuse({ status: 403, type: 'ForbiddenException', message: 'No access' });
      return json(200, { roleCredentials: { ...KEYS, expiration: Date.now() + 3_600_000 } });
    }
    const signer = { ...KEYS, region: STAND_IN_REGION, service: 'bedrock' };
    const fault = signatureFault(
      { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: text },
      signer,
    );
    if (fault !== undefined) {
      standIn.faults.push(fault);
      return refuse({
        status: 403,
        type: 'InvalidSignatureException',
        message: 'The signature does not match',
      });
    }
    if (url.pathname === '/inference-profiles')
      return json(200, {
        inferenceProfileSummaries: standIn.models.map((id) => ({
          inferenceProfileId: id,
          inferenceProfileName: `Name of ${id}`,
        })),
      });
    if (/^\/model\/[^/]+\/invoke-with-response-stream$/.test(url.pathname)) return speak(response, refuse);
    return refuse({ status: 404, type: 'UnknownOperationException', message: url.pathname });
  }

  function speak(response: ServerResponse, refuse: (refusal: Refusal) => void): void {
    const turn = standIn.turns.shift() ?? { text: 'Hello.' };
    if ('status' in turn) {
      refuse(turn);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    const spoken = 'exception' in turn ? { text: 'Half of it' } : turn;
    const events = messageEvents(spoken, {
      model: 'claude',
      messageId: 'msg_1',
      chunk: (text) => text.match(/.{1,5}/gsu) ?? [],
    });
    const frames = [...events].map(({ data }) => chunkMessage(data as object));
    const sent =
      'exception' in turn
        ? [...frames.slice(0, turn.after), exceptionMessage(turn.exception, 'Too many')]
        : frames;
    // Frames do not end where writes do.
    const bytes = Buffer.concat(sent);
    for (let at = 0; at < bytes.length; at += 37) response.write(bytes.subarray(at, at + 37));
    response.end();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  const standIn: AwsStandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    userCode: 'ABCD-EFGH',
    tokenAnswers: [],
    accounts: { '111122223333': { name: 'Shop', roles: ['Developer', 'ReadOnly'] } },
    turns: [],
    models: ['eu.anthropic.claude-sonnet-5-5', 'eu.meta.llama'],
    requests: [],
    faults: [],
    revoked: new Set(),
    tokenLife: 28_800,
  };
  return standIn;
}
