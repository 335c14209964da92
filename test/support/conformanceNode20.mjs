// The conformance suite wants `fs.globSync`, which Node 20 has not, for a command that is not used here.
import { register } from 'node:module';

const asModule = (text) => `data:text/javascript,${encodeURIComponent(text)}`;
const fs = asModule(
  "export * from 'node:fs'; export { default } from 'node:fs'; export const globSync = () => [];",
);

register(
  asModule(`
    export async function resolve(specifier, context, next) {
      if (specifier === 'fs' && context.parentURL?.includes('@modelcontextprotocol/conformance'))
        return { url: ${JSON.stringify(fs)}, shortCircuit: true };
      return next(specifier, context);
    }
  `),
);
