/** A server asks the model: only with the person's word for each request, and counted like any other. */
import { ActError } from '../actError';
import type { Ports } from '../ports';
import type { AbortSignal } from '../util/abort';
import type { SamplingAnswer, SamplingRequest } from './ports';

const MOST_TOKENS = 8_000;

export function createSampling({ mcpPerson, models, ids }: Pick<Ports, 'mcpPerson' | 'models' | 'ids'>) {
  return async (root: string, request: SamplingRequest, signal: AbortSignal): Promise<SamplingAnswer> => {
    if (!(await mcpPerson?.mayAsk(request, signal)))
      throw new ActError('refused', 'The person did not allow this server to ask the model.');
    const current = await models.current('coding');
    if ('missing' in current) throw new ActError('noModel', current.message);
    let text = '';
    const stream = current.model.stream(
      {
        system: request.system ?? '',
        messages: request.messages.map(({ role, text: words }) => ({
          role,
          content: [{ type: 'text', text: words }],
        })),
        tools: [],
        maxTokens: Math.max(1, Math.min(MOST_TOKENS, request.maxTokens)),
        asker: { session: `server-${request.server}-${ids.uuid()}`, kind: 'chat', root },
      },
      signal,
    );
    for await (const event of stream) if (event.type === 'text') text += event.text;
    return { model: current.model.name, text };
  };
}
