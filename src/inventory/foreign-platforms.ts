/**
 * Names of platforms that other tools have, and ours for the same system. What is not here goes to the catalogue as it
 * is: nornir_netmiko's own names, and Ansible's that are the same as netmiko's.
 *
 * Sources: nornir_netmiko's `napalm_to_netmiko_map`, nornir_scrapli's `PLATFORM_MAP`, NAPALM's list of supported devices;
 * for Ansible the names of the cliconf plugins in ansible-collections (cisco.ios, community.network and so on).
 */
const FOREIGN_PLATFORMS: ReadonlyMap<string, string> = new Map([
  // NAPALM, and nornir with it.
  ['ios', 'cisco_ios'],
  ['iosxe', 'cisco_xe'],
  ['iosxr', 'cisco_xr'],
  ['iosxr_netconf', 'cisco_xr'],
  ['nxos', 'cisco_nxos'],
  ['nxos_ssh', 'cisco_nxos'],
  ['eos', 'arista_eos'],
  ['junos', 'juniper_junos'],
  ['asa', 'cisco_asa'],
  ['fortios', 'fortinet'],
  ['panos', 'paloalto_panos'],
  ['sros', 'nokia_sros'],
  ['srl', 'nokia_srl'],
  ['ros', 'mikrotik_routeros'],
  ['vyos', 'vyos'],
  ['huawei_vrp', 'huawei_vrp'],
  ['procurve', 'hp_procurve'],
  ['dellos10', 'dell_os10'],
  // scrapli.
  ['cisco_iosxe', 'cisco_xe'],
  ['cisco_iosxr', 'cisco_xr'],
  ['nokia_sros_classic', 'nokia_sros'],
  // Ansible: the full name of each collection's plugin.
  ['cisco.ios.ios', 'cisco_ios'],
  ['cisco.iosxr.iosxr', 'cisco_xr'],
  ['cisco.nxos.nxos', 'cisco_nxos'],
  ['cisco.asa.asa', 'cisco_asa'],
  ['arista.eos.eos', 'arista_eos'],
  ['junipernetworks.junos.junos', 'juniper_junos'],
  ['vyos.vyos.vyos', 'vyos'],
  ['frr.frr.frr', 'frr'],
  ['dellemc.os10.os10', 'dell_os10'],
  ['dellemc.os9.os9', 'dell_os9'],
  ['dellemc.os6.os6', 'dell_os6'],
  ['community.routeros.routeros', 'mikrotik_routeros'],
  ['routeros', 'mikrotik_routeros'],
  ['community.network.ce', 'huawei_vrpv8'],
  ['ce', 'huawei_vrpv8'],
  ['community.network.sros', 'nokia_sros'],
  ['community.network.edgeos', 'ubiquiti_edgerouter'],
  ['edgeos', 'ubiquiti_edgerouter'],
  ['community.network.edgeswitch', 'ubiquiti_edgeswitch'],
  ['edgeswitch', 'ubiquiti_edgeswitch'],
  ['community.network.exos', 'extreme_exos'],
  ['exos', 'extreme_exos'],
  ['community.network.slxos', 'extreme_slx'],
  ['slxos', 'extreme_slx'],
  ['community.network.voss', 'extreme_vsp'],
  ['voss', 'extreme_vsp'],
  ['community.network.ironware', 'extreme_netiron'],
  ['ironware', 'extreme_netiron'],
  ['community.network.icx', 'ruckus_fastiron'],
  ['icx', 'ruckus_fastiron'],
  ['community.network.aruba', 'aruba_os'],
  ['aruba', 'aruba_os'],
  ['arubanetworks.aoscx.aoscx', 'aruba_aoscx'],
  ['aoscx', 'aruba_aoscx'],
  ['fortinet.fortios.fortios', 'fortinet'],
  ['nokia.srlinux.srlinux', 'nokia_srl'],
  ['mellanox.onyx.onyx', 'mellanox_mlnxos'],
  ['onyx', 'mellanox_mlnxos'],
  ['community.network.aireos', 'cisco_wlc'],
  ['aireos', 'cisco_wlc'],
  ['community.network.nos', 'extreme_nos'],
  ['nos', 'extreme_nos'],
  ['community.network.netvisor', 'pluribus'],
  ['netvisor', 'pluribus'],
  ['dellos9', 'dell_os9'],
  ['dellos6', 'dell_os6'],
  ['ciena.saos6.saos6', 'ciena_saos'],
  ['ciena.saos10.saos10', 'ciena_saos10'],
]);

/** Returns our name for a platform of another tool, without its suffix for the transport; else the name itself. */
export function ownPlatform(name: string): string {
  return FOREIGN_PLATFORMS.get(name.toLowerCase()) ?? name;
}

/** The names that are translated, for the documentation. */
export const foreignPlatformNames = (): readonly string[] => [...FOREIGN_PLATFORMS.keys()];
