/** Hover, definition, references, highlights, rename: all that one mention can be asked. */
import * as vscode from 'vscode';
import { entityOf, mentionAt, mentionsOfSame, rangeOfEntity } from '../../../core/language/entities';
import { hoverText } from '../../../core/language/hover';
import { renamable, renameEdits } from '../../../core/language/rename';
import type { Spec, Task } from '../../../core/spec/model';
import type { Mention } from '../../../core/spec/references/mentions';
import { claimOf, readClaims } from '../../../core/tasks/evidence/claims';
import { evidenceOf, readEvidence, taskHash } from '../../../core/tasks/evidence/records';
import type { Host } from '../../host';
import { rangesOf, type Settled, settled, toWorkspaceEdit, uriOf } from './settled';
import { testResultsOf } from './testResults';

interface Found {
  readonly at: Settled;
  readonly mention: Mention;
}

/** What the last runs of a spec's tasks found, and what other agents say of them. */
async function evidenceFor({ core }: Host, spec: Spec) {
  const { files, hasher } = core.ports;
  const [records, claims] = await Promise.all([readEvidence(files, spec.path), readClaims(files, spec.path)]);
  const evidence = (task: Task) => evidenceOf(records, task, taskHash(hasher, task));
  const claim = (task: Task) => claimOf(claims, task, taskHash(hasher, task), evidence(task));
  return { evidence, claim };
}

/** Why links to a criterion are suspect, as far as its documents and the code that they name tell. */
async function doubtsOf(
  { core }: Host,
  { spec }: Settled,
  { kind, id }: Mention,
): Promise<readonly string[]> {
  if (kind !== 'criterion') return [];
  const { criteria } = await core.trace.graph(spec, { code: [] });
  const links = criteria.filter((each) => each.id === id).flatMap(({ levels }) => Object.values(levels));
  return [...new Set(links.flatMap((level) => level.links.flatMap(({ reason }) => reason ?? [])))];
}

export function registerNavigation(host: Host, selector: vscode.DocumentSelector): vscode.Disposable {
  const find = async (
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<Found | undefined> => {
    const at = await settled(host, document, token);
    const mention = at && mentionAt(at.documents, at.document.kind, document.offsetAt(position));
    return at && mention && { at, mention };
  };
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(selector, {
      async provideHover(document, position, token) {
        const found = await find(document, position, token);
        if (!found) return undefined;
        const { at, mention } = found;
        const results = mention.kind === 'task' ? await testResultsOf(host, at.spec) : undefined;
        const known = mention.kind === 'task' ? await evidenceFor(host, at.spec) : undefined;
        const text = hoverText(
          at.documents,
          mention,
          results?.meta.results,
          known?.evidence,
          known?.claim,
          await doubtsOf(host, at, mention),
        );
        if (text === undefined) return undefined;
        // Not trusted: it is other people's text, and holds no commands.
        return new vscode.Hover(
          new vscode.MarkdownString(text),
          rangesOf(at)(at.document.kind, mention.range),
        );
      },
    }),
    vscode.languages.registerDefinitionProvider(selector, {
      async provideDefinition(document, position, token) {
        const found = await find(document, position, token);
        return found ? definitions(found) : undefined;
      },
    }),
    vscode.languages.registerReferenceProvider(selector, {
      async provideReferences(document, position, { includeDeclaration }, token) {
        const found = await find(document, position, token);
        if (!found) return undefined;
        return mentionsOfSame(found.at.documents, found.mention)
          .filter(({ role }) => includeDeclaration || role === 'reference')
          .flatMap((mention) => location(found.at, mention) ?? []);
      },
    }),
    vscode.languages.registerDocumentHighlightProvider(selector, {
      async provideDocumentHighlights(document, position, token) {
        const found = await find(document, position, token);
        if (!found) return undefined;
        const { kind } = found.at.document;
        const toRange = rangesOf(found.at);
        return mentionsOfSame(found.at.documents, found.mention)
          .filter((mention) => mention.document === kind)
          .map((mention) => new vscode.DocumentHighlight(toRange(kind, mention.range)));
      },
    }),
    vscode.languages.registerRenameProvider(selector, renameProvider(find)),
  );
}

/** The whole text of what is named, with the id selected. */
function definitions({ at, mention }: Found): vscode.LocationLink[] {
  const entity = entityOf(at.documents, mention);
  const defined = mentionsOfSame(at.documents, mention).find(({ role }) => role === 'definition');
  const uri = defined && uriOf(at, defined.document);
  if (!entity || !defined || !uri) return [];
  const toRange = rangesOf(at);
  return [
    {
      originSelectionRange: toRange(at.document.kind, mention.range),
      targetUri: uri,
      targetRange: toRange(defined.document, rangeOfEntity(entity)),
      targetSelectionRange: toRange(defined.document, defined.range),
    },
  ].map((link) =>
    // An id that is nowhere written has no range of its own.
    link.targetRange.contains(link.targetSelectionRange)
      ? link
      : { ...link, targetSelectionRange: link.targetRange },
  );
}

function location(at: Settled, { document, range }: Mention): vscode.Location | undefined {
  const uri = uriOf(at, document);
  return uri && new vscode.Location(uri, rangesOf(at)(document, range));
}

type Find = (
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
) => Promise<Found | undefined>;

function renameProvider(find: Find): vscode.RenameProvider {
  return {
    async prepareRename(document, position, token) {
      const found = await find(document, position, token);
      if (!found) throw new Error('There is no id and no term of the glossary here.');
      const allowed = renamable(found.at.documents, found.mention);
      if ('refused' in allowed) throw new Error(allowed.refused);
      const range = rangesOf(found.at)(found.at.document.kind, found.mention.range);
      return { range, placeholder: allowed.placeholder };
    },
    async provideRenameEdits(document, position, name, token) {
      const found = await find(document, position, token);
      if (!found) return undefined;
      const edits = renameEdits(found.at.documents, found.mention, name.trim());
      if ('refused' in edits) throw new Error(edits.refused);
      return toWorkspaceEdit(found.at, edits);
    },
  };
}
