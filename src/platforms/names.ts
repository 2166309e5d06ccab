/** A platform's command line under several names: the first of them that has a platform file covers all. */
export interface Family {
  readonly names: readonly string[];
  /** Why it is one and the same system. */
  readonly because: string;
}

/**
 * Names that vendors' systems go by, as `device_type` in inventories has them: netmiko 4.8's device types without the
 * suffix for the transport (`CLASS_MAPPER` of its `ssh_dispatcher.py`), with those that it has for telnet alone.
 */
export const DEVICE_TYPES: readonly string[] = `
  a10 accedian adtran_os adva_fsp150f2 adva_fsp150f3 alaxala_ax26s alaxala_ax36s alcatel_aos alcatel_sros
  allied_telesis_awplus apresia_aeos arista_eos arris_cer aruba_aoscx aruba_os aruba_osswitch aruba_procurve
  asterfusion_asternos audiocode_66 audiocode_72 audiocode_shell autodetect avaya_ers avaya_vsp bintec_boss
  broadcom_icos brocade_fastiron brocade_fos brocade_netiron brocade_nos brocade_vdx brocade_vyos calix_b6 casa_cmts
  cdot_cros centec_os checkpoint_gaia ciena_saos ciena_saos10 ciena_waveserver cisco_apic cisco_asa cisco_ftd
  cisco_ios cisco_nxos cisco_s200 cisco_s300 cisco_tp cisco_viptela cisco_wlc cisco_xe cisco_xr cloudgenix_ion
  corelight_linux coriant cumulus_linux dell_dnos6 dell_dnos9 dell_force10 dell_isilon dell_os10 dell_os6 dell_os9
  dell_powerconnect dell_sonic digi_transport dlink_ds edgecore_sonic ekinops_ek360 eltex eltex_esr endace enterasys
  ericsson_ipos ericsson_mltn63 ericsson_mltn66 extreme extreme_ers extreme_exos extreme_netiron extreme_nos
  extreme_slx extreme_tierra extreme_vdx extreme_vsp extreme_wing f5_linux f5_ltm f5_tmsh fiberstore_fsos
  fiberstore_fsosv2 fiberstore_networkos flexvnf fortinet garderos_grs generic generic_termserver genexis_solt33
  h3c_comware hillstone_stoneos hp_comware hp_procurve huawei huawei_olt huawei_smartax huawei_smartaxmmi huawei_vrp
  huawei_vrpv8 infinera_packet ipinfusion_ocnos juniper juniper_junos juniper_screenos keymile keymile_nos
  lancom_lcossx4 linux maipu mellanox mellanox_mlnxos mikrotik_routeros mikrotik_switchos mrv_lx mrv_optiswitch
  nec_ix netapp_cdot netgear_prosafe netscaler nokia_srl nokia_sros oneaccess_oneos optilink_eolt11444
  optilink_eolt9702 ovs_linux paloalto_panos pluribus quanta_mesh rad_etx raisecom raisecom_roap ruckus_fastiron
  ruijie_os silverpeak_vxoa sixwind_os sophos_sfos supermicro_smis telcosystems_binos teldat_cit terminal_server
  tplink_jetstream ubiquiti_edge ubiquiti_edgerouter ubiquiti_edgeswitch ubiquiti_unifiswitch vertiv_mph vyatta_vyos
  vyos watchguard_fireware yamaha zte_zxros zyxel_os
`
  .trim()
  .split(/\s+/);

/** Names of no system: what is behind them is found out at login, or is whatever answers. */
export const NO_SYSTEM: ReadonlySet<string> = new Set([
  'autodetect',
  'generic',
  'generic_termserver',
  'terminal_server',
]);

/**
 * The names that stand for the same system. A name that only resembles another (SONiC's many command lines, the
 * FASTPATH family, appliances that have a Linux inside) is not here.
 */
export const FAMILIES: readonly Family[] = [
  {
    names: ['cisco_ios', 'cisco_xe'],
    because: 'IOS-XE runs the command line of IOS (Cisco, IOS XE Command References)',
  },
  { names: ['huawei', 'huawei_vrp'], because: "both names mean VRP, Huawei's Versatile Routing Platform" },
  {
    names: ['huawei_smartax', 'huawei_olt', 'huawei_smartaxmmi'],
    because:
      "SmartAX is Huawei's series of OLTs (MA5600, MA5800); netmiko's class of the last name only types `mmi-mode enable` first",
  },
  {
    names: ['hp_comware', 'h3c_comware'],
    because: 'Comware is the system of H3C, which HP and HPE sold under the same name (HPE FlexNetwork documentation)',
  },
  {
    names: ['hp_procurve', 'aruba_osswitch', 'aruba_procurve'],
    because:
      "ArubaOS-Switch is ProVision, the system of ProCurve switches, under its later name (HPE's release notes 16.01)",
  },
  {
    names: ['nokia_sros', 'alcatel_sros'],
    because: 'SR OS went from Alcatel-Lucent to Nokia in 2016 with its name and command line',
  },
  {
    names: ['ruckus_fastiron', 'brocade_fastiron'],
    because: 'FastIron and the ICX switches went from Brocade to Ruckus in 2017',
  },
  {
    names: ['extreme_netiron', 'brocade_netiron'],
    because: 'NetIron (MLX, CER, CES) went from Brocade to Extreme Networks in 2017',
  },
  {
    names: ['extreme_nos', 'extreme_vdx', 'brocade_nos', 'brocade_vdx'],
    because: 'Network OS is the system of the VDX switches, which went from Brocade to Extreme Networks in 2017',
  },
  {
    names: ['extreme_ers', 'avaya_ers'],
    because: "Avaya's networking business with its ERS switches went to Extreme Networks in 2017",
  },
  {
    names: ['extreme_vsp', 'avaya_vsp'],
    because: "Avaya's networking business with VOSS and its VSP switches went to Extreme Networks in 2017",
  },
  { names: ['extreme_exos', 'extreme'], because: 'netmiko has one class for both names: ExtremeXOS' },
  { names: ['vyos', 'vyatta_vyos', 'brocade_vyos'], because: "netmiko's three names of VyOS, with one class" },
  {
    names: ['dell_os9', 'dell_force10', 'dell_dnos9'],
    because: "Dell OS9 (DNOS 9) is FTOS, the system of Force10's switches, under its later names",
  },
  { names: ['dell_os6', 'dell_dnos6'], because: 'DNOS 6 is another name of Dell OS6 (N-Series switches)' },
  { names: ['juniper_junos', 'juniper'], because: 'netmiko has one class for both names: Junos' },
  { names: ['mellanox_mlnxos', 'mellanox'], because: 'netmiko has one class for both names: MLNX-OS, later Onyx' },
  {
    names: ['f5_tmsh', 'f5_ltm'],
    because: "LTM is a module of BIG-IP, whose command line is tmsh (F5's tmsh Reference)",
  },
  {
    names: ['ubiquiti_edgeswitch', 'ubiquiti_edge'],
    because: 'netmiko has one class for both names: the EdgeSwitch',
  },
  { names: ['raisecom_roap', 'raisecom'], because: "netmiko's `raisecom_telnet` is ROAP over telnet" },
  {
    names: ['linux', 'ovs_linux', 'cumulus_linux', 'f5_linux'],
    because:
      "a Linux host's shell: Open vSwitch is a program on it, and Cumulus Linux is Debian (NVIDIA's user guide); f5_linux is the bash of BIG-IP, whose tmsh is f5_tmsh",
  },
];
