// One line a platform, sorted by name.
export { ciscoIos } from './cisco-ios.js';
export { eltex } from './eltex.js';
export { eltexEsr } from './eltex-esr.js';
export { extremeExos } from './extreme-exos.js';
export { frr } from './frr.js';
export { generic } from './generic.js';
export { linux } from './linux.js';
export { mikrotikRouteros } from './mikrotik-routeros.js';
