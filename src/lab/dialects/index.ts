// One line for each platform, sorted by file name.
export { juniperJunos } from './juniper-junos.js';
