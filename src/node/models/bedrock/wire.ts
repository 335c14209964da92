/** All of Bedrock that needs AWS's clients, loaded as one by those who use it. */
export { listAccounts, listRoles, roleCredentials } from './accounts';
export { createBedrockModel } from './bedrockModel';
export { environmentCredentials } from './environmentCredentials';
export { listBedrockModels } from './listBedrockModels';
export { renew, signIn } from './signIn';
