/** What a signed-in person may use: accounts, their roles, and a role's credentials for a while. */
import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  SSOClient,
} from '@aws-sdk/client-sso';
import { ActError } from '../../../core/actError';
import { toSignInFailure } from './awsFailure';
import type { AwsPlaces } from './awsPlaces';
import { type AwsTokens, clientOptions } from './signIn';

export interface AwsAccount {
  readonly id: string;
  readonly name: string;
}

export interface AwsRole {
  readonly account: string;
  readonly role: string;
}

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Undefined for keys that last. */
  readonly sessionToken: string | undefined;
  readonly expiresAt: number;
}

/** Pages; nobody looks through more. */
const MOST_PAGES = 50;

export function listAccounts(tokens: AwsTokens, places: AwsPlaces): Promise<readonly AwsAccount[]> {
  return asked(tokens, places, (client) =>
    all(async (nextToken) => {
      const { accessToken } = tokens;
      const page = await client.send(new ListAccountsCommand({ accessToken, nextToken, maxResults: 100 }));
      const items = (page.accountList ?? []).map(({ accountId = '', accountName = '' }) => ({
        id: accountId,
        name: accountName,
      }));
      return { items, nextToken: page.nextToken };
    }),
  );
}

export function listRoles(
  tokens: AwsTokens,
  places: AwsPlaces,
  accountId: string,
): Promise<readonly string[]> {
  return asked(tokens, places, (client) =>
    all(async (nextToken) => {
      const { accessToken } = tokens;
      const command = new ListAccountRolesCommand({ accessToken, accountId, nextToken, maxResults: 100 });
      const page = await client.send(command);
      return { items: (page.roleList ?? []).map(({ roleName = '' }) => roleName), nextToken: page.nextToken };
    }),
  );
}

export function roleCredentials(
  tokens: AwsTokens,
  places: AwsPlaces,
  { account, role }: AwsRole,
): Promise<AwsCredentials> {
  return asked(tokens, places, async (client) => {
    const { accessToken } = tokens;
    const command = new GetRoleCredentialsCommand({ accessToken, accountId: account, roleName: role });
    const { roleCredentials: given } = await client.send(command);
    if (!given?.accessKeyId || !given.secretAccessKey || !given.sessionToken)
      throw new ActError('modelFailed', `AWS gave no credentials for the role ${role}. Try again.`);
    const { accessKeyId, secretAccessKey, sessionToken, expiration = 0 } = given;
    return { accessKeyId, secretAccessKey, sessionToken, expiresAt: expiration };
  });
}

async function asked<T>(
  { region }: AwsTokens,
  places: AwsPlaces,
  ask: (client: SSOClient) => Promise<T>,
): Promise<T> {
  const client = new SSOClient(clientOptions(places.portal(region), region));
  try {
    return await ask(client);
  } catch (error) {
    throw toSignInFailure(error, region);
  } finally {
    client.destroy();
  }
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

async function all<T>(read: (nextToken: string | undefined) => Promise<Page<T>>): Promise<readonly T[]> {
  const found: T[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const { items, nextToken } = await read(next);
    found.push(...items);
    if (!nextToken) break;
    next = nextToken;
  }
  return found;
}
