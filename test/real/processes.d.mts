/** Whether somebody listens on that port of 127.0.0.1. */
export function accepts(port: number): Promise<boolean>;

/** All processes of this machine. */
export function allProcesses(): { readonly pid: number; readonly parent: number }[];
