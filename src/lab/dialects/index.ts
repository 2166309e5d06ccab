// One line for each platform, sorted by file name.
export { ciscoApic } from './cisco-apic.js';
export { ciscoAsa } from './cisco-asa.js';
export { ciscoFtd } from './cisco-ftd.js';
export { ciscoFxos } from './cisco-fxos.js';
export { ciscoNxos } from './cisco-nxos.js';
export { ciscoS200 } from './cisco-s200.js';
export { ciscoS300 } from './cisco-s300.js';
export { ciscoViptela } from './cisco-viptela.js';
export { ciscoWlc } from './cisco-wlc.js';
export { ciscoXeSdwan } from './cisco-xe-sdwan.js';
export { ciscoXr } from './cisco-xr.js';
export { juniperJunos } from './juniper-junos.js';
