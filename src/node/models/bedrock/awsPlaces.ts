/** Where AWS's services are: by region, or all at one address that stands in for them. */

/** Begins the name of such a model in settings: `bedrock:eu.anthropic.claude-…`. */
export const BEDROCK = 'bedrock:';

export interface AwsPlaces {
  /** Device authorisation and tokens. */
  oidc(region: string): string;
  /** Accounts, roles and their credentials. */
  portal(region: string): string;
  /** Which models there are. */
  bedrock(region: string): string;
  /** The models themselves. */
  runtime(region: string): string;
}

export function awsPlaces(standIn?: string): AwsPlaces {
  if (standIn !== undefined) {
    const at = () => standIn;
    return { oidc: at, portal: at, bedrock: at, runtime: at };
  }
  const host = (name: string) => (region: string) => `https://${name}.${region}.${domainOf(region)}`;
  return {
    oidc: host('oidc'),
    portal: host('portal.sso'),
    bedrock: host('bedrock'),
    runtime: host('bedrock-runtime'),
  };
}

/** A region becomes part of a host's name, which a token is sent to. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/.test(text);
}

function domainOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
