/** Loaded before a child process: the administrator's file is the one that EARSHOT_TEST_MANAGED names. The program itself knows no such thing. */
const fs = require('node:fs');

const PLACES = [
  '/etc/earshot/managed-settings.json',
  '/Library/Application Support/Earshot/managed-settings.json',
  'C:/ProgramData/Earshot/managed-settings.json',
];
const read = fs.readFileSync;
fs.readFileSync = (path, ...rest) =>
  read(PLACES.includes(path) ? process.env.EARSHOT_TEST_MANAGED : path, ...rest);
