/** Pages of the public web. Addresses of private networks are refused by whoever implements it, redirects included. */
import type { AbortSignal } from '../util/abort';

export interface WebPage {
  /** Where it was found in the end: redirects within the host are followed. */
  readonly url: string;
  readonly status: number;
  /** Its text; of HTML, what a reader sees, with the links. */
  readonly text: string;
  /** More came than is kept. */
  readonly cut: boolean;
  /** It lies with another host, which nobody was asked about: `text` is empty. */
  readonly movedTo?: string;
}

export interface WebAccess {
  /** Rejects with what is wrong, in words. */
  fetch(url: string, signal: AbortSignal): Promise<WebPage>;
}
