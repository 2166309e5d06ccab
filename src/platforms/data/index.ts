// One line a platform, sorted by name.
export { ciscoIos } from './cisco-ios.js';
export { frr } from './frr.js';
export { generic } from './generic.js';
export { linux } from './linux.js';
