/** Forms in a panel: for a test call, for the arguments of a prompt, and for what a server asks. */
import * as vscode from 'vscode';
import type { FormCall, FormModel, FromForm, ToForm } from '../../protocol/mcp';
import { channelOf, webviewHtml, webviewOptions } from './webview';

const MESSAGES: { readonly [Type in FromForm['type']]: true } = {
  ready: true,
  send: true,
  decline: true,
  stop: true,
  copy: true,
};

export type FormRequest = Omit<FormModel, 'problems' | 'call'>;

export interface FormActs {
  /** What was filled in fits the fields. */
  send(input: Readonly<Record<string, unknown>>): void;
  decline?(): void;
  stop?(): void;
  /** Also when the panel was closed by us. */
  closed?(): void;
}

export interface FormPanel extends vscode.Disposable {
  show(call: FormCall | undefined): void;
  reveal(): void;
}

export function openForm(context: vscode.ExtensionContext, request: FormRequest, acts: FormActs): FormPanel {
  const panel = vscode.window.createWebviewPanel('earshot.form', request.title, vscode.ViewColumn.Active, {
    ...webviewOptions(context),
    retainContextWhenHidden: true,
  });
  const icon = (theme: string) => vscode.Uri.joinPath(context.extensionUri, 'media', `earshot-${theme}.svg`);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
  const channel = channelOf<ToForm, FromForm>(panel.webview, MESSAGES);
  let model: FormModel = { ...request, problems: {}, call: undefined };
  const post = (change: Partial<FormModel>) => {
    model = { ...model, ...change };
    channel.post({ type: 'model', model });
  };
  async function send(values: Extract<FromForm, { type: 'send' }>['values']): Promise<void> {
    const { readForm } = await import('../../core/mcp/forms/form');
    const { input, problems } = readForm(request.fields, values);
    post({ problems });
    if (Object.keys(problems).length === 0) acts.send(input);
  }
  channel.onMessage((message) => {
    switch (message.type) {
      case 'ready':
        return post({});
      case 'send':
        return void send(message.values);
      case 'decline':
        return acts.decline?.();
      case 'stop':
        return acts.stop?.();
      case 'copy':
        if (model.call?.state === 'done') void vscode.env.clipboard.writeText(model.call.text);
        return;
    }
  });
  panel.onDidDispose(() => acts.closed?.());
  panel.webview.html = webviewHtml(context, panel.webview, 'mcp', 'Earshot form');
  return {
    show: (call) => post({ call }),
    reveal: () => panel.reveal(),
    dispose: () => panel.dispose(),
  };
}

/** Undefined: it was closed without being sent. */
export function fillForm(
  context: vscode.ExtensionContext,
  request: FormRequest,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  return new Promise((resolve) => {
    const panel = openForm(context, request, {
      send(input) {
        resolve(input);
        panel.dispose();
      },
      decline: () => panel.dispose(),
      closed: () => resolve(undefined),
    });
  });
}
