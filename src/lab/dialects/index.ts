// One line for each platform, sorted by file name.
export { a10 } from './a10.js';
export { alcatelAos } from './alcatel-aos.js';
export { checkpointGaia } from './checkpoint-gaia.js';
export { f5Tmsh } from './f5-tmsh.js';
export { hpComware } from './hp-comware.js';
export { huaweiSmartax } from './huawei-smartax.js';
export { juniperJunos } from './juniper-junos.js';
export { juniperScreenos } from './juniper-screenos.js';
export { netscaler } from './netscaler.js';
export { nokiaSrl } from './nokia-srl.js';
export { paloaltoPanos } from './paloalto-panos.js';
export { sophosSfos } from './sophos-sfos.js';
export { watchguardFireware } from './watchguard-fireware.js';
