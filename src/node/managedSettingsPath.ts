/** Where an administrator's file lies, and beside it their rules for agents. Fixed: nothing in the environment leads elsewhere. */
export function managedSettingsPath(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return 'C:/ProgramData/Earshot/managed-settings.json';
  if (platform === 'darwin') return '/Library/Application Support/Earshot/managed-settings.json';
  return '/etc/earshot/managed-settings.json';
}
