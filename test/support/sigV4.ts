/** AWS's Signature Version 4, checked as its documentation says, without any code of AWS's. */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  readonly method: string;
  /** Path and query, as on the wire. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ExpectedSigner {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly region: string;
  readonly service: string;
}

/** What is wrong with a request's signature; undefined when it is right. */
export function signatureFault(request: SignedRequest, signer: ExpectedSigner): string | undefined {
  const { headers } = request;
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (!match) return `no signature: ${headers.authorization}`;
  const [, key, day = '', region = '', service = '', signed = '', signature] = match;
  const names = signed.split(';');
  const date = String(headers['x-amz-date']);
  if (key !== signer.accessKeyId) return `another key: ${key}`;
  if (region !== signer.region || service !== signer.service) return `another scope: ${region}/${service}`;
  if (!date.startsWith(day)) return `another day: ${date}`;
  if (headers['x-amz-security-token'] !== signer.sessionToken) return 'another session token';
  for (const name of ['host', 'x-amz-date', 'x-amz-security-token'])
    if (!names.includes(name)) return `${name} is not signed`;
  const hash = sha256(request.body);
  const claimed = headers['x-amz-content-sha256'];
  if (claimed !== undefined && claimed !== hash) return 'another body';
  const [path = '', query = ''] = request.url.split('?');
  const canonical = [
    request.method,
    path.split('/').map(encode).join('/'),
    query.split('&').filter(Boolean).sort().join('&'),
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    hash,
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const signingKey = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${signer.secretAccessKey}`,
  );
  const expected = createHmac('sha256', signingKey).update(toSign).digest('hex');
  return expected === signature ? undefined : `another signature of\n${canonical}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Each part of the path once more: what is encoded on the wire is encoded twice in what is signed. */
function encode(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
