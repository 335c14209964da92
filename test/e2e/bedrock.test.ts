/** Claude on Amazon Bedrock in a real editor, from the first question to a draft; AWS is a stand-in that checks signatures. */
import assert from 'node:assert/strict';
import { STAND_IN_REGION, startAwsStandIn } from '../support/awsStandIn';
import { inLongRun } from '../support/soak';
import { startEditor, until } from './editor';

describe('Claude on Amazon Bedrock', function () {
  this.timeout(180_000);

  inLongRun('signs in by a code, uses the role that was chosen, and drafts; then signs out', async () => {
    const aws = await startAwsStandIn();
    const editor = await startEditor({ env: { EARSHOT_AWS_ENDPOINT: aws.url } });
    try {
      const window = await editor.open();
      await window.openView('Earshot');
      await window.treeRow('short-codes').waitFor();
      aws.tokenAnswers.push('AuthorizationPendingException');
      await window.runCommand('Earshot: Use Claude on Amazon Bedrock…');
      await window.quick.enter('https://shop.awsapps.com/start');
      await window.screenshot('bedrock-1-region');
      await window.quick.enter('eu-west-1');
      await window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Allow' }).click();
      const dialog = window.page.locator('.monaco-dialog-box', { hasText: 'ABCD-EFGH' });
      await dialog.waitFor();
      await window.screenshot('bedrock-2-code');
      await dialog.getByRole('button', { name: 'Copy Code and Open Browser' }).click();
      await window.screenshot('bedrock-3-browser');
      await window.quick.pick(/Developer/);
      await window.screenshot('bedrock-4-role');
      await window.quick.enter(STAND_IN_REGION);
      await window.quick.box(/Which model/);
      await window.screenshot('bedrock-5-model');
      // By key: the editor shows a row's own words once more under the mouse that rests there, in the way of a click.
      await window.page.keyboard.press('Enter');
      aws.turns.push({
        text: '# Requirements Document\n\n## Introduction\n\nLinks expire.\n\n## Requirements\n\n### Requirement 1: Expiry\n\n#### Acceptance Criteria\n\n1. WHEN a link is 30 days old, THE Link_Store SHALL delete it.\n',
      });
      await window.runCommand('Earshot: New Spec…');
      await window.quickInput('New Spec');
      await window.quick.enter('Links expire');
      await window.quickInput('Name of the spec');
      await window.quick.enter('links-expire');
      await until('the draft is written', async () =>
        (await editor.read('.kiro/specs/links-expire/requirements.md').catch(() => '')).includes(
          'Links expire.',
        ),
      );
      assert.deepEqual(aws.faults, []);
      await window.screenshot('bedrock-6-draft');
      await window.runCommand('Earshot: Choose Model…');
      await window.quick.box(/Bedrock, eu-central-1/);
      await window.screenshot('bedrock-7-picker');
      // One kind of work gets a model of its own.
      await window.quick.pick(/For One Kind of Work/, 'One Kind');
      await window.quick.box('For which work?');
      await window.quick.pick(/Drafting/);
      await window.quick.box('In use: the model for everything');
      await window.screenshot('bedrock-8-for-drafting');
      await window.page.keyboard.press('ArrowDown');
      await window.page.keyboard.press('Enter');
      await until('the choice is kept', async () => {
        await window.runCommand('Earshot: Choose Model…');
        await window.quick.pick(/For One Kind of Work/, 'One Kind');
        const row = window.quick.item(/Drafting.*claude-sonnet-5-5/).first();
        const isKept = await row.waitFor({ timeout: 3000 }).then(
          () => true,
          () => false,
        );
        await window.page.keyboard.press('Escape');
        return isKept;
      });
      const item = (name: string | RegExp) => window.page.getByRole('menuitem', { name });
      const confirm = window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Sign Out' });
      // The editor's menu swallows a click that comes right after it has opened.
      await until('the question whether to sign out', async () => {
        await window.page.keyboard.press('Escape');
        await window.page.locator('.activitybar').getByRole('button', { name: 'Accounts' }).click();
        await item(/shop\.awsapps\.com/).click();
        await item('Sign Out').waitFor();
        await window.screenshot('bedrock-9-account');
        await item('Sign Out').click();
        return confirm.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        );
      });
      await confirm.click();
      await window.page.locator('.statusbar').getByText('Earshot: no model').waitFor();
      await window.screenshot('bedrock-10-signed-out');
    } finally {
      await editor.stop();
    }
  });
});
