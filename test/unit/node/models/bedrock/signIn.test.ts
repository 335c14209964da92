import assert from 'node:assert/strict';
import { createAbort } from '../../../../../src/core/util/abort';
import { listAccounts, listRoles, roleCredentials } from '../../../../../src/node/models/bedrock/accounts';
import { awsPlaces, isRegion } from '../../../../../src/node/models/bedrock/awsPlaces';
import { type DeviceCode, renew, signIn } from '../../../../../src/node/models/bedrock/signIn';
import { nodeClock } from '../../../../../src/node/nodePorts';
import { type AwsStandIn, startAwsStandIn } from '../../../../support/awsStandIn';

const START_URL = 'https://shop.awsapps.com/start';
const REGION = 'eu-west-1';

/** Waits no time, and tells how long it would have. */
function hurriedClock() {
  const waits: number[] = [];
  const after = (ms: number, run: () => void) => {
    waits.push(ms);
    return nodeClock.after(0, run);
  };
  return { waits, clock: { ...nodeClock, after } };
}

async function signedIn(aws: AwsStandIn, shown: DeviceCode[] = [], clock = hurriedClock().clock) {
  const options = { startUrl: START_URL, region: REGION, places: awsPlaces(aws.url), clock };
  return signIn({ ...options, show: (code) => shown.push(code) }, createAbort().signal);
}

describe('signing in to IAM Identity Center', () => {
  it('shows the code, waits as long as AWS says, and longer when it is told to slow down', async () => {
    const aws = await startAwsStandIn();
    aws.tokenAnswers.push(
      'AuthorizationPendingException',
      'SlowDownException',
      'AuthorizationPendingException',
    );
    const shown: DeviceCode[] = [];
    const { waits, clock } = hurriedClock();
    const tokens = await signedIn(aws, shown, clock);
    assert.deepEqual(shown, [{ code: 'ABCD-EFGH', address: `${aws.url}/start?user_code=ABCD-EFGH` }]);
    assert.deepEqual(waits, [1000, 1000, 6000, 6000]);
    assert.equal(tokens.accessToken, 'access-1');
    const started = aws.requests.find(({ path }) => path === '/device_authorization');
    assert.equal(started?.body.startUrl, START_URL);
    const registered = aws.requests.find(({ path }) => path === '/client/register');
    assert.deepEqual(registered?.body.scopes, ['sso:account:access']);
  });

  for (const [answer, message] of [
    ['ExpiredTokenException', /not confirmed in time\. Sign in again/],
    ['AccessDeniedException', /declined in the browser/],
  ] as const) {
    it(`says what ${answer} means`, async () => {
      const aws = await startAwsStandIn();
      aws.tokenAnswers.push(answer);
      await assert.rejects(signedIn(aws), { name: 'ActError', message });
    });
  }

  it('ends when the person cancels, and asks no more', async () => {
    const aws = await startAwsStandIn();
    const abort = createAbort();
    const places = awsPlaces(aws.url);
    const show = () => abort.abort(new Error('Enough'));
    const options = { startUrl: START_URL, region: REGION, places, clock: nodeClock, show };
    await assert.rejects(signIn(options, abort.signal), /Enough/);
    assert.equal(aws.requests.filter(({ path }) => path === '/token').length, 0);
  });

  it('renews a token, and says when the sign-in has ended', async () => {
    const aws = await startAwsStandIn();
    const tokens = await signedIn(aws);
    const renewed = await renew(tokens, awsPlaces(aws.url), nodeClock);
    assert.equal(renewed.accessToken, 'access-2');
    assert.equal(aws.requests.at(-1)?.body.refreshToken, 'refresh-1');
    aws.tokenAnswers.push('InvalidGrantException');
    await assert.rejects(renew(renewed, awsPlaces(aws.url), nodeClock), /sign-in to AWS has expired/);
  });

  it('lists accounts and roles, and says when a role is not the person’s', async () => {
    const aws = await startAwsStandIn();
    const places = awsPlaces(aws.url);
    const tokens = await signedIn(aws);
    assert.deepEqual(await listAccounts(tokens, places), [{ id: '111122223333', name: 'Shop' }]);
    assert.deepEqual(await listRoles(tokens, places, '111122223333'), ['Developer', 'ReadOnly']);
    const role = { account: '111122223333', role: 'Developer' };
    assert.equal((await roleCredentials(tokens, places, role)).accessKeyId, 'ASIASTANDIN');
    await assert.rejects(roleCredentials(tokens, places, { ...role, role: 'Admin' }), /does not let you use/);
    aws.revoked.add(tokens.accessToken);
    await assert.rejects(listAccounts(tokens, places), /sign-in to AWS has expired/);
  });

  it('puts nothing into a host’s name but a region', () => {
    for (const region of ['us-east-1', 'eu-central-1', 'us-gov-west-1', 'cn-north-1', 'ap-southeast-2'])
      assert.equal(isRegion(region), true, region);
    for (const text of ['', 'evil.com/', 'us-east-1.evil.com', 'us-east-1/', 'US-EAST-1', 'us east 1', '-1'])
      assert.equal(isRegion(text), false, text);
    assert.equal(awsPlaces().oidc('us-east-1'), 'https://oidc.us-east-1.amazonaws.com');
    assert.equal(awsPlaces().portal('cn-north-1'), 'https://portal.sso.cn-north-1.amazonaws.com.cn');
  });
});
