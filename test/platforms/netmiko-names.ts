const words = (text: string): string[] => text.trim().split(/\s+/);

/** netmiko 4.8's device types, each of which also has a twin with `_ssh` (keys of `CLASS_MAPPER_BASE`). */
const BASE = words(`
  a10 accedian adtran_os adva_fsp150f2 adva_fsp150f3 alaxala_ax26s alaxala_ax36s alcatel_aos alcatel_sros
  allied_telesis_awplus apresia_aeos arista_eos arris_cer aruba_aoscx aruba_os aruba_osswitch aruba_procurve
  asterfusion_asternos audiocode_66 audiocode_72 audiocode_shell avaya_ers avaya_vsp bintec_boss broadcom_icos
  brocade_fastiron brocade_fos brocade_netiron brocade_nos brocade_vdx brocade_vyos calix_b6 casa_cmts cdot_cros
  centec_os checkpoint_gaia ciena_saos ciena_saos10 ciena_waveserver cisco_apic cisco_asa cisco_ftd cisco_ios
  cisco_nxos cisco_s200 cisco_s300 cisco_tp cisco_viptela cisco_wlc cisco_xe cisco_xr cloudgenix_ion corelight_linux
  coriant cumulus_linux dell_dnos9 dell_force10 dell_isilon dell_os10 dell_os6 dell_os9 dell_powerconnect dell_sonic
  digi_transport dlink_ds edgecore_sonic ekinops_ek360 eltex eltex_esr endace enterasys ericsson_ipos ericsson_mltn63
  ericsson_mltn66 extreme extreme_ers extreme_exos extreme_netiron extreme_nos extreme_slx extreme_tierra extreme_vdx
  extreme_vsp extreme_wing f5_linux f5_ltm f5_tmsh fiberstore_fsos fiberstore_fsosv2 fiberstore_networkos flexvnf
  fortinet garderos_grs generic generic_termserver h3c_comware hillstone_stoneos hp_comware hp_procurve huawei
  huawei_olt huawei_smartax huawei_smartaxmmi huawei_vrp huawei_vrpv8 infinera_packet ipinfusion_ocnos juniper
  juniper_junos juniper_screenos keymile keymile_nos lancom_lcossx4 linux maipu mellanox mellanox_mlnxos
  mikrotik_routeros mikrotik_switchos mrv_lx mrv_optiswitch nec_ix netapp_cdot netgear_prosafe netscaler nokia_srl
  nokia_sros oneaccess_oneos ovs_linux paloalto_panos pluribus quanta_mesh rad_etx raisecom_roap ruckus_fastiron
  ruijie_os silverpeak_vxoa sixwind_os sophos_sfos supermicro_smis telcosystems_binos teldat_cit tplink_jetstream
  ubiquiti_edge ubiquiti_edgerouter ubiquiti_edgeswitch ubiquiti_unifiswitch vertiv_mph vyatta_vyos vyos
  watchguard_fireware yamaha zte_zxros zyxel_os
`);

/** The keys of netmiko 4.8's `CLASS_MAPPER` beside those: telnet, serial, and what is no platform. */
const FURTHER = words(`
  adtran_os_telnet apresia_aeos_telnet arista_eos_telnet aruba_procurve_telnet audiocode_66_telnet
  audiocode_72_telnet audiocode_shell_telnet autodetect bintec_boss_telnet brocade_fastiron_telnet
  brocade_netiron_telnet calix_b6_telnet centec_os_telnet ciena_saos_telnet cisco_ios_serial cisco_ios_telnet
  cisco_nxos_telnet cisco_s200_telnet cisco_s300_telnet cisco_xr_telnet dell_dnos6_telnet dell_powerconnect_telnet
  dlink_ds_telnet extreme_exos_telnet extreme_netiron_telnet extreme_telnet fiberstore_fsosv2_telnet generic_telnet
  generic_termserver_telnet genexis_solt33_telnet hp_comware_telnet hp_procurve_telnet huawei_olt_telnet
  huawei_telnet infinera_packet_telnet ipinfusion_ocnos_telnet juniper_junos_telnet maipu_telnet nec_ix_telnet
  nokia_sros_telnet oneaccess_oneos_telnet optilink_eolt11444_telnet optilink_eolt9702_telnet paloalto_panos_telnet
  rad_etx_telnet raisecom_telnet ruckus_fastiron_telnet ruijie_os_telnet supermicro_smis_telnet
  telcosystems_binos_telnet teldat_cit_telnet terminal_server tplink_jetstream_telnet yamaha_telnet zte_zxros_telnet
`);

/** Every string that netmiko 4.8 takes as `device_type`. */
export const NETMIKO_NAMES: readonly string[] = [...BASE, ...BASE.map((name) => `${name}_ssh`), ...FURTHER];
