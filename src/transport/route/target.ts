/** Where a stream leads. */
export interface Target {
  readonly host: string;
  readonly port: number;
}
