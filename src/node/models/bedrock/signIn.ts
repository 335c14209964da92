/** Signing in to AWS IAM Identity Center: OAuth's device authorisation (RFC 8628), and fresh tokens while it lasts. */
import {
  CreateTokenCommand,
  type CreateTokenCommandOutput,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { ActError } from '../../../core/actError';
import type { Clock } from '../../../core/ports';
import type { AbortSignal } from '../../../core/util/abort';
import { wait } from '../../../core/util/wait';
import { toSignInFailure } from './awsFailure';
import type { AwsPlaces } from './awsPlaces';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const SCOPES = ['sso:account:access'];
/** Seconds, where AWS does not say. */
const INTERVAL = 5;
/** Milliseconds before its end when a token is renewed. */
export const EARLY = 5 * 60_000;

/** What is kept between two starts, as a secret. Times in milliseconds since 1970. */
export interface AwsTokens {
  readonly startUrl: string;
  /** Of the Identity Center. */
  readonly region: string;
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly refreshToken: string | undefined;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the person confirms in the browser. */
export interface DeviceCode {
  readonly code: string;
  readonly address: string;
}

export interface SignInOptions {
  readonly startUrl: string;
  readonly region: string;
  readonly places: AwsPlaces;
  readonly clock: Clock;
  /** Shows the code; the sign-in waits meanwhile. */
  readonly show: (code: DeviceCode) => void;
}

/** Rejects with an `ActError`, or with the signal's reason. */
export async function signIn(options: SignInOptions, signal: AbortSignal): Promise<AwsTokens> {
  const { startUrl, region, places, clock, show } = options;
  const client = oidcClient(places, region);
  try {
    const registered = await client.send(
      new RegisterClientCommand({ clientName: 'Earshot', clientType: 'public', scopes: SCOPES }),
    );
    const { clientId = '', clientSecret = '' } = registered;
    const device = await client.send(
      new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl }),
    );
    const { deviceCode = '', userCode = '', verificationUriComplete = '' } = device;
    show({ code: userCode, address: addressOf(verificationUriComplete, places, region) });
    const token = await poll(client, { clientId, clientSecret, deviceCode }, device.interval, clock, signal);
    return tokensOf(token, { startUrl, region, clientId, clientSecret }, clock);
  } catch (error) {
    signal.throwIfAborted();
    throw toSignInFailure(error, region);
  } finally {
    client.destroy();
  }
}

/** The same sign-in with a fresh token; rejects with an `ActError` when it has ended. */
export async function renew(tokens: AwsTokens, places: AwsPlaces, clock: Clock): Promise<AwsTokens> {
  const { region, clientId, clientSecret, refreshToken } = tokens;
  const client = oidcClient(places, region);
  try {
    if (refreshToken === undefined) throw expired();
    const command = new CreateTokenCommand({
      clientId,
      clientSecret,
      refreshToken,
      grantType: 'refresh_token',
    });
    const token = await client.send(command);
    // AWS need not send another one each time.
    return tokensOf({ ...token, refreshToken: token.refreshToken ?? refreshToken }, tokens, clock);
  } catch (error) {
    throw toSignInFailure(error, region);
  } finally {
    client.destroy();
  }
}

interface Waiting {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly deviceCode: string;
}

async function poll(
  client: SSOOIDCClient,
  waiting: Waiting,
  interval: number | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<CreateTokenCommandOutput> {
  for (let seconds = interval || INTERVAL; ; ) {
    await wait(clock, seconds * 1000, signal);
    try {
      return await client.send(new CreateTokenCommand({ ...waiting, grantType: DEVICE_GRANT }));
    } catch (error) {
      signal.throwIfAborted();
      const name = error instanceof Error ? error.name : '';
      if (name === 'SlowDownException') seconds += INTERVAL;
      else if (name !== 'AuthorizationPendingException') throw error;
    }
  }
}

function tokensOf(
  { accessToken, refreshToken, expiresIn = 0 }: Partial<CreateTokenCommandOutput>,
  { startUrl, region, clientId, clientSecret }: Omit<AwsTokens, 'accessToken' | 'expiresAt' | 'refreshToken'>,
  clock: Clock,
): AwsTokens {
  if (accessToken === undefined) throw expired();
  const expiresAt = clock.now() + expiresIn * 1000;
  return { startUrl, region, accessToken, expiresAt, refreshToken, clientId, clientSecret };
}

function expired(): ActError {
  return new ActError(
    'modelFailed',
    'Your sign-in to AWS has expired. Sign in again with “Earshot: Use Claude on Amazon Bedrock…”.',
  );
}

/** It is opened in the browser: nothing but a web page. */
function addressOf(address: string, places: AwsPlaces, region: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const own = new URL(places.oidc(region));
  if (url?.protocol === 'https:' || url?.origin === own.origin) return url.href;
  throw new ActError('modelFailed', `AWS named “${address}” to sign in at, which is no secure address.`);
}

function oidcClient(places: AwsPlaces, region: string): SSOOIDCClient {
  return new SSOOIDCClient(clientOptions(places.oidc(region), region));
}

/** All that a client would otherwise look up in the environment and in `~/.aws`. */
export function clientOptions(endpoint: string, region: string) {
  return {
    endpoint,
    region,
    maxAttempts: 3,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: 'earshot',
  } as const;
}
