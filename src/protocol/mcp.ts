/** Messages between the extension and a form: arguments of a tool or a prompt, or what a server asks the person. */
import type { FormField, FormValues } from '../core/mcp/forms/form';

export interface FormModel {
  /** Tells one form from another, so that what was typed comes back in its own alone. */
  readonly key: string;
  /** `call`: stays, and shows what came of it. `ask`: a server waits for the answer. `fill`: closes when it is sent. */
  readonly kind: 'call' | 'ask' | 'fill';
  readonly server: string;
  readonly title: string;
  readonly message: string;
  /** A warning above the fields. */
  readonly note: string | undefined;
  readonly fields: readonly FormField[];
  readonly send: string;
  /** By the name of the field, as the last try was answered. */
  readonly problems: Readonly<Record<string, string>>;
  readonly call: FormCall | undefined;
}

export type FormCall =
  | { readonly state: 'running' }
  | {
      readonly state: 'done';
      readonly ok: boolean;
      readonly text: string;
      readonly milliseconds: number;
      /** What was sent, as JSON. */
      readonly sent: string;
    };

export type ToForm = { readonly type: 'model'; readonly model: FormModel };

export type FromForm =
  | { readonly type: 'ready' }
  | { readonly type: 'send'; readonly values: FormValues }
  | { readonly type: 'decline' }
  | { readonly type: 'stop' }
  | { readonly type: 'copy' };
