/** One calm lens for each requirement: how many of its criteria tasks and properties name. */
import * as vscode from 'vscode';
import type { SpecDocuments } from '../../../core/spec/model';
import { tasksNaming } from '../../../core/spec/tasks/tasksNaming';
import { lineStarts, positionAt } from '../../../core/util/textRange';
import type { Host } from '../../host';
import { settled } from './settled';

export function registerCoverageLenses(
  host: Host,
  selector: vscode.DocumentSelector,
  onDidChangeCodeLenses: vscode.Event<void>,
): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(selector, {
    onDidChangeCodeLenses,
    async provideCodeLenses(document, token) {
      const at = await settled(host, document, token);
      if (!at || (at.document.kind !== 'requirements' && at.document.kind !== 'bugfix')) return [];
      const starts = lineStarts(at.document.text);
      return at.document.requirements.flatMap(({ id, idRange, headingRange, criteria }) => {
        const title = coverageTitle(
          at.documents,
          id,
          criteria.map((criterion) => criterion.id),
        );
        if (title === undefined) return [];
        const { line } = positionAt(starts, headingRange.start);
        const place = positionAt(starts, idRange.start);
        const position = new vscode.Position(place.line, place.character);
        return [
          new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
            title,
            command: 'editor.action.goToReferences',
            arguments: [document.uri, position],
          }),
        ];
      });
    },
  });
}

/** Undefined before there are tasks or properties: then nothing is missing yet. */
function coverageTitle(
  documents: SpecDocuments,
  requirement: string,
  criteria: readonly string[],
): string | undefined {
  const tasks = documents.tasks?.tasks ?? [];
  const properties = documents.design?.properties ?? [];
  if (criteria.length === 0 || tasks.length + properties.length === 0) return undefined;
  const naming = tasksNaming(tasks);
  const byTasks = criteria.filter((id) => naming(id, requirement).length > 0).length;
  const validated = new Set(properties.flatMap(({ validates }) => validates));
  const byProperties = criteria.filter((id) => validated.has(id) || validated.has(requirement)).length;
  const parts = [
    ...(tasks.length === 0 ? [] : [`tasks ${byTasks}/${criteria.length}`]),
    ...(properties.length === 0 ? [] : [`properties ${byProperties}/${criteria.length}`]),
  ];
  return `Covered by ${parts.join(', ')}`;
}
