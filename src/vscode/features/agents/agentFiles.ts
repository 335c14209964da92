/** Files of custom agents in the editor: what is wrong stands under its words. */
import { showFileProblems } from '../../adapters/fileProblems';
import type { Feature } from '../../host';

export const registerAgentFiles: Feature = (host) =>
  showFileProblems(host, 'earshot.agents', host.core.agents.files);
