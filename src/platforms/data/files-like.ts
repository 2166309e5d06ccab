import type { FilesCase, FilesData } from '../files-data.js';

/** A long listing of a file, as POSIX has it: rights, links, owner, group, size. */
export const lsSize = String.raw`^-\S+\s+\d+\s+\S+\s+\S+\s+(?<size>\d+)\s`;

/** The same of what is no file: a folder, a device, a pipe, a socket. */
const lsOther = String.raw`^[bcdps][r-]\S+\s+\d+\s+\S+\s+\S+\s`;

/** The tools of a POSIX shell; free space by `df -P`, which keeps each file system on one line. */
export const shellFiles: FilesData = {
  protocols: ['sftp', 'scp'],
  sameConnection: true,
  quoting: 'shell',
  checksums: [
    { algorithm: 'sha256', send: 'sha256sum -- {path}', answer: String.raw`^\\?(?<sum>[0-9a-f]{64}) ` },
    { algorithm: 'md5', send: 'md5sum -- {path}', answer: String.raw`^\\?(?<sum>[0-9a-f]{32}) ` },
  ],
  size: { send: 'ls -lnd -- {path}', answer: lsSize, absent: 'No such file or directory', folder: lsOther },
  free: {
    send: 'df -Pk -- {folder}',
    answer: String.raw`\s\d+\s+\d+\s+(?<free>\d+)\s+\d+%\s`,
    unit: 1024,
  },
  remove: 'rm -- {path}',
};

export const shellFilesCases: readonly FilesCase[] = [
  {
    line: 'checksum',
    answer: ['ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a b.bin'],
    reads: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  { line: 'checksum', answer: ['900150983cd24fb0d6963f7d28e17f72  abc'], reads: '900150983cd24fb0d6963f7d28e17f72' },
  { line: 'size', answer: ['-rw-r--r-- 1 1000 1000 5368709120 Nov 21 16:50 big.bin'], reads: '5368709120' },
  { line: 'size', answer: ["ls: cannot access 'x': No such file or directory"], reads: 'absent' },
  { line: 'size', answer: ['drwxr-xr-x 2 1000 1000 4096 Nov 21 16:50 images'], reads: 'folder' },
  {
    line: 'free',
    answer: [
      'Filesystem     1024-blocks     Used Available Capacity Mounted on',
      '/dev/vda1         61799016 20315084  38312392      35% /',
    ],
    reads: '39231889408',
  },
];

/** `dir` of Cisco's command lines, and of those that follow them. */
export const ciscoDir = {
  size: {
    send: 'dir {path}',
    answer: String.raw`^\s*(?:\d+\s+)?-[rwx-]{2,3}\s+(?<size>\d+)\s`,
    absent: String.raw`No such file or directory|File not found|Path does not exist`,
  },
  free: { send: 'dir {folder}', answer: String.raw`\((?<free>\d+) (?<kilo>k)?bytes free` },
} as const;

/** `verify /md5`, which prints dots while it works, and the result on a line of its own. */
export const ciscoVerify = {
  algorithm: 'md5',
  send: 'verify /md5 {path}',
  answer: String.raw`^verify /md5 \(.*\) = (?<sum>[0-9a-f]{32})$`,
} as const;

/** IOS, and ASA beside it: SCP alone, and a server that has to be switched on. */
export const iosFiles: FilesData = {
  protocols: ['scp'],
  fileSystem: 'flash:',
  in: 'privileged',
  checksums: [ciscoVerify],
  ...ciscoDir,
  remove: 'delete /force {path}',
  switchOn: { scp: 'ip scp server enable' },
};

export const iosFilesCases: readonly FilesCase[] = [
  {
    line: 'checksum',
    answer: [
      '......................................................MD5 of flash:file_name Done!',
      'verify /md5 (flash:file_name) = 410db2a7015eaa42b1fe71f1bf3d59a2',
    ],
    reads: '410db2a7015eaa42b1fe71f1bf3d59a2',
  },
  {
    line: 'size',
    answer: ['Directory of flash:/file_name', '', '   26  -rw-        6738  Jul 30 2016 19:49:50 -07:00  file_name'],
    reads: '6738',
  },
  { line: 'size', answer: ['%Error opening flash:/nonesuch (File not found)'], reads: 'absent' },
  { line: 'size', answer: ['%Error opening flash:/nonesuch (No such file or directory)'], reads: 'absent' },
  { line: 'free', answer: ['', '260153344 bytes total (177152000 bytes free)'], reads: '177152000' },
];
