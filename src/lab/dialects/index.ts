// One line for each platform, sorted by file name.
export { fortinet } from './fortinet.js';
export { huaweiVrp } from './huawei-vrp.js';
export { huaweiVrpv8 } from './huawei-vrpv8.js';
export { juniperJunos } from './juniper-junos.js';
export { mikrotikRouteros } from './mikrotik-routeros.js';
export { nokiaSros } from './nokia-sros.js';
