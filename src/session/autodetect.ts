/** What stands for a platform's name where the device has to tell it itself; netmiko's word. */
export const AUTODETECT = 'autodetect';
