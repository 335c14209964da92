/** Where the person signs in to AWS, as whom, and in which region the models are: the setting `earshot.bedrock`. */
import { isRegion } from '../../node/models/bedrock/awsPlaces';
import { readSetting, writeSetting } from './settings';

export interface AwsSettings {
  /** Of the organisation’s access portal: `https://….awsapps.com/start`. */
  readonly startUrl: string;
  /** Of the Identity Center. */
  readonly signInRegion: string;
  readonly account: string;
  readonly role: string;
  /** Of the models. */
  readonly region: string;
}

/** What is missing or no text is empty, and so is what is no region: it would become part of a host's name. */
export function readAwsSettings(): AwsSettings {
  const given = readSetting<Readonly<Record<string, unknown>>>('bedrock') ?? {};
  const text = (name: keyof AwsSettings) => {
    const value = given[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const region = (name: keyof AwsSettings) => (isRegion(text(name)) ? text(name) : '');
  return {
    startUrl: isStartUrl(text('startUrl')) ? text('startUrl') : '',
    signInRegion: region('signInRegion'),
    account: /^\d{12}$/.test(text('account')) ? text('account') : '',
    role: text('role'),
    region: region('region'),
  };
}

export async function writeAwsSettings(changes: Partial<AwsSettings>): Promise<void> {
  await writeSetting('bedrock', { ...readAwsSettings(), ...changes });
}

export function isStartUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
