/** What a user name says of the terminal, as MikroTik takes it. */
export interface UserName {
  readonly name: string;
  readonly colours: boolean;
  /** False: the terminal is asked nothing, and nothing is painted anew. */
  readonly clever: boolean;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
}

/** Splits a user name at the character behind which its terminal's settings stand, where the OS has one. */
export function readUserName(typed: string, mark: string | undefined): UserName {
  const [name = '', settings = ''] = mark === undefined ? [typed] : typed.split(mark);
  const number = (letter: string): number | undefined => {
    const found = new RegExp(`(\\d+)${letter}`).exec(settings)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const letters = settings.replace(/\d+[wh]/g, '');
  return {
    name,
    colours: !letters.includes('c'),
    clever: !letters.includes('t'),
    columns: number('w'),
    rows: number('h'),
  };
}
